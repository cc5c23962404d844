// Pictures of the key states, kept as artefacts of the run (test-results/screens) for people to look
// at; nothing is compared pixel by pixel. What can be told by a machine is asked on the way: axe finds
// nothing, nothing sticks out.
import { expect, test } from "./fixtures";
import { axe, open, run, show, step } from "./page";

const states: [name: string, query: string][] = [
  ["opening", ""],
  ["hang", "scenario=edge-never-comes&at=185"],
  ["callback", "scenario=callback&at=330"],
  ["tree", "scenario=tree&at=900"],
  ["ovflist", "scenario=ovflist&at=260"],
  ["nested", "scenario=nested&at=700"],
  ["herd", "scenario=exclusive&at=400"],
  ["poll", "scenario=poll&at=160"],
  ["select", "scenario=select&at=120"],
  ["hang-ups", "scenario=hang-ups&at=900"],
  ["embed", "embed=1&scenario=level-edge&at=200"],
];

const looks = [
  ["light", "en"],
  ["dark", "zh-CN"],
] as const;

for (const [name, query] of states) {
  for (const [theme, lang] of looks) {
    test(`${name}, ${theme}, ${lang}`, async ({ page }, info) => {
      await open(page, `?${query}&theme=${theme}&lang=${lang}`);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, "nothing sticks out").toBeLessThanOrEqual(0);
      await page.screenshot({
        path: `test-results/screens/${name}-${info.project.name}-${theme}-${lang}.png`,
      });
      await axe(page);
    });
  }
}

test("a script with everything", async ({ page }, info) => {
  await open(page, "?scenario=tree&theme=light");
  await run(
    page,
    `main: ep = epoll_create1(0)
main: l = socket(AF_INET, SOCK_STREAM)
main: bind(l, 5000)
main: listen(l, 5)
main: t = timerfd_create(0)
main: timerfd_settime(t, 100ms, 0ms)
main: sfd = signalfd([SIGUSR1, SIGINT], 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, l, {EPOLLIN|EPOLLEXCLUSIVE, 7})
main: epoll_ctl(ep, EPOLL_CTL_ADD, t, {EPOLLIN, 8})
main: epoll_ctl(ep, EPOLL_CTL_ADD, sfd, {EPOLLIN, 9})
main: c = socket(AF_INET, SOCK_STREAM)
main: connect(c, 5000)
main: d = socket(AF_INET, SOCK_STREAM)
main: connect(d, 5000)
main: s = accept(l)
main: epoll_ctl(ep, EPOLL_CTL_ADD, s, {EPOLLIN|EPOLLET, 10})
main: write(c, "hello")
A: poll([{t, POLLIN}, {sfd, POLLIN}], -1) -> blocks
B: read(sfd, 128) -> blocks
main: fork(P)
`,
  );
  await show(page, "Stage");
  await step(page, "to the end");
  await page.screenshot({ path: `test-results/screens/everything-${info.project.name}.png` });
  await axe(page);
});
