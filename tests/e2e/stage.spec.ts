// The stage: polls under way, nested instances, pictures of what files hold, pointing and selecting.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, card, open, run, show, step } from "./page";

const POLL = `main: e = eventfd(0, 0)
main: [rd, wr] = pipe()
A: poll([{e, POLLIN}, {rd, POLLIN}], -1) -> blocks
main: write(wr, "x") -> 1
`;

const SELECT = `main: a = eventfd(0, 0)
main: [rd, wr] = pipe()
A: select([a, rd], [wr], [a], 0)
B: select([a, rd], [], [a], -1) -> blocks
main: write(wr, "x") -> 1
`;

const NESTED = `main: outer = epoll_create1(0)
main: inner = epoll_create1(0)
main: e = eventfd(0, 0)
main: epoll_ctl(outer, EPOLL_CTL_ADD, inner, {EPOLLIN, 1})
main: epoll_ctl(inner, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLWAKEUP, 2})
A: epoll_wait(outer, 4, -1) -> blocks
B: epoll_wait(inner, 4, -1) -> blocks
`;

const KINDS = `main: l = socket(AF_INET, SOCK_STREAM)
main: bind(l, 5000)
main: listen(l, 5)
main: c = socket(AF_INET, SOCK_STREAM)
main: connect(c, 5000)
main: d = socket(AF_INET, SOCK_STREAM)
main: connect(d, 5000)
main: s = accept(l)
main: t = timerfd_create(0)
main: timerfd_settime(t, 100ms, 50ms)
main: sig = signalfd([SIGUSR1, SIGINT], 0)
main: sigprocmask(SIG_BLOCK, [SIGUSR1])
main: kill(main, SIGUSR1)
main: [rd, wr] = pipe()
main: write(wr, 9000)
main: e = eventfd(3, EFD_SEMAPHORE)
main: write(c, "hello")
main: f = dup(e)
main: hold()
main: write(c, "late")
`;

const many = () => {
  const lines = ["main: ep = epoll_create1(0)"];
  for (let n = 0; n < 60; n++) {
    lines.push(`main: e${n} = eventfd(0, EFD_NONBLOCK)`);
    lines.push(`main: epoll_ctl(ep, EPOLL_CTL_ADD, e${n}, {EPOLLIN|EPOLLET}) -> 0`);
  }
  for (let n = 0; n < 7; n++) lines.push(`T${n}: epoll_wait(ep, 3, -1) -> blocks`);
  return `${lines.join("\n")}\n`;
};

/** Runs a script and goes to its end. */
const play = async (page: Page, script: string, query = "?") => {
  await open(page, query);
  await run(page, script);
  await show(page, "Stage");
  await step(page, "to the end");
};

const position = (page: Page) => page.locator(".canvas").getAttribute("data-position");

/** Steps until something is on stage. */
const until = async (page: Page, found: () => Promise<boolean>) => {
  for (let n = 0; n < 160 && !(await found()); n++) {
    const before = await position(page);
    await page.keyboard.press("ArrowRight");
    // Keys may come faster than the page draws.
    await expect.poll(() => position(page), { intervals: [10] }).not.toBe(before);
  }
  expect(await found()).toBe(true);
};

/** Which of the boxes overlap, and which are not inside the canvas. */
const overlaps = (page: Page, things: string) =>
  page.locator(".canvas").evaluate((canvas, things) => {
    const around = canvas.getBoundingClientRect();
    const all = [...canvas.querySelectorAll(things)].map((thing) => thing.getBoundingClientRect());
    const out: string[] = [];
    all.forEach((a, n) => {
      if (a.left < around.left - 1 || a.right > around.right + 1) out.push(`${n} sticks out`);
      all.slice(n + 1).forEach((b, m) => {
        const over = a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
        if (over) out.push(`${n} and ${n + 1 + m}`);
      });
    });
    return { count: all.length, out };
  }, things);

test("a poll builds its table of entries, and tears it down", async ({ page }) => {
  await play(page, POLL.split("\n").slice(0, 3).join("\n"));
  const panel = page.locator(".pollcall");
  await expect(panel).toHaveCount(1);
  await expect(panel.locator("button.cell")).toHaveText(["fd 3", "fd 4"]);
  await expect(panel.locator(".cell.free")).toHaveCount(7);
  await expect(panel.locator(".pollfd")).toHaveCount(2);
  await expect(panel.locator(".triggered")).toContainText("0");
  await expect(card(page, "A")).toContainText("in poll, on 2 queues");
  await expect(page.locator(".file .entry", { hasText: "pollwake → A" })).toHaveCount(2);
  await axe(page);
  await show(page, "Script");
  await page.getByPlaceholder("main: write(wr, 1)").fill('main: write(wr, "x")');
  await page.getByPlaceholder("main: write(wr, 1)").press("Enter");
  await show(page, "Stage");
  await step(page, "to the end");
  await expect(panel).toHaveCount(0);
  await expect(page.locator(".file .entry")).toHaveCount(0);
});

test("select shows its six bitmaps", async ({ page }) => {
  await play(page, SELECT.split("\n").slice(0, 4).join("\n"));
  const panel = page.locator(".pollcall");
  await expect(panel.locator(".bitmap > b")).toHaveText(["in", "out", "ex", "res_in", "res_out", "res_ex"]);
  await expect(panel.getByRole("img", { name: "in: 3, 4", exact: true })).toHaveCount(1);
  await expect(panel.getByRole("img", { name: "ex: 3", exact: true })).toHaveCount(1);
  await expect(panel.getByRole("img", { name: "res_in: no bit set" })).toHaveCount(1);
  // A select that finds something at once has it in its result, before that is copied out.
  await page.keyboard.press("Home");
  await until(page, async () => (await panel.locator(".bit.found.on").count()) > 0);
  await expect(panel.getByRole("img", { name: "res_out: 5" })).toHaveCount(1);
});

test("nested instances are joined by a line, and show their locks and wakeup sources", async ({ page }) => {
  await play(page, NESTED);
  await expect(page.locator(".panel-group")).toHaveCount(2);
  const line = page.locator(".nesting");
  await expect(line).toHaveCount(1);
  const ends = await line.evaluate((path: SVGPathElement) => {
    const canvas = path.closest(".canvas")?.getBoundingClientRect();
    const end = path.getPointAtLength(path.getTotalLength());
    return { x: end.x + (canvas?.left ?? 0), y: end.y + (canvas?.top ?? 0) };
  });
  const entry = await page.locator(".lists .entry").boundingBox();
  expect(ends.y).toBeGreaterThan(entry!.y);
  expect(ends.y).toBeLessThan(entry!.y + entry!.height);
  await expect(page.locator(".node .ws")).toHaveCount(1);
  await expect(page.locator(".lock", { hasText: "mtx" })).toHaveCount(2);
  await expect(page.locator(".waiter.queued")).toHaveCount(2);
});

test("every kind of file has its own picture", async ({ page }) => {
  await play(page, KINDS);
  const file = (name: string) =>
    page.locator(".file", { has: page.locator(".top code", { hasText: new RegExp(`^${name}$`) }) });
  await expect(file("l").locator(".conn:not(.half)")).toHaveCount(1);
  await expect(file("s").locator(".meter")).toHaveCount(2);
  await expect(file("s").locator(".fill u").first()).toBeVisible();
  await expect(file("s")).toContainText("recv 5 B");
  await expect(file("rd").locator(".ring .page")).toHaveCount(16);
  await expect(file("rd")).toContainText("9000 B · 3/16 slots");
  await expect(file("e").locator(".pip")).toHaveCount(3);
  await expect(file("e").locator(".shared")).toHaveText("×2");
  await expect(file("t").locator(".timer-pic .now")).toHaveCount(1);
  await expect(file("t")).toContainText("every 50 ms");
  await expect(file("sig").locator(".sig.on")).toHaveText(["USR1"]);
  await expect(page.locator(".segment")).toHaveCount(1);
  await expect(page.locator(".segment")).toContainText("4 B");
  await axe(page);
});

test("sixty descriptors and eight tasks stand apart", async ({ page }) => {
  await play(page, many(), "?speed=no");
  for (const things of [".canvas .task, .canvas .file, .floor.k", ".node .disc", ".waiter.queued", ".file .entry"]) {
    const found = await overlaps(page, things);
    expect(found.count, things).toBeGreaterThan(6);
    expect(found.out, things).toEqual([]);
  }
});

test("everything is selected by the keyboard, and lights up where else it is", async ({ page }) => {
  await play(page, NESTED);
  const node = page.locator(".node").last();
  await node.focus();
  await page.keyboard.press("Enter");
  await expect(node).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".file.rel")).toHaveCount(1);
  await expect(page.locator(".file .entry.rel")).toHaveCount(1);
  // The first Escape closes the menu that opened, the second lets go of the node.
  const menu = page.getByRole("dialog");
  await expect(menu).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(node).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(node).toHaveAttribute("aria-pressed", "false");
  // Up and down go on within a group; left and right stay the transport's.
  const head = page.locator(".file > .top").first();
  await head.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".file .entry").first()).toBeFocused();
  await expect(page.locator(".point.on")).toContainText("eppoll_entry");
  await page.keyboard.press("Enter");
  await expect(page.locator(".file .entry").first()).toHaveAttribute("aria-pressed", "true");
  const list = page.getByRole("button", { name: /^rdllist of fd 3/ });
  await list.focus();
  await page.keyboard.press("Enter");
  await expect(list).toHaveAttribute("aria-pressed", "true");
});

test("a descriptor table opens on demand, and shows what is shared", async ({ page }) => {
  await play(page, "main: e = eventfd(0, EFD_CLOEXEC)\nmain: f = dup(e)\n");
  const button = page.getByRole("button", { name: /^Descriptor table of main/ });
  await button.click();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  const drawer = page.getByRole("dialog", { name: /^Descriptor table of main/ });
  await expect(drawer.locator(".row")).toHaveCount(5);
  await expect(drawer.locator(".row", { hasText: "FD_CLOEXEC" })).toHaveCount(1);
  await expect(drawer.locator(".shared", { hasText: "× 2" })).toHaveCount(2);
  await axe(page);
  await drawer.locator(".row").last().focus();
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
});

test("a long wait queue says how many more there are, and shows all", async ({ page }) => {
  const readers = [..."ABCDEF"].map((name) => `${name}: read(e, 8) -> blocks`);
  await play(page, `main: e = eventfd(0, 0)\n${readers.join("\n")}\n`);
  const more = page.getByRole("button", { name: "All 6 entries of the wait queue" });
  await more.click();
  await expect(page.getByRole("dialog", { name: /6 entries, head first/ }).locator(".row")).toHaveCount(6);
  await expect(page.locator(".drawer .row").first()).toContainText("A sleeps");
});

test("with reduced motion causes are still arrows", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, "?scenario=one-edge-two-threads");
  await page.keyboard.press("Home");
  await until(page, async () => (await page.locator(".arrow .tip").count()) > 0);
  const motion = await page.locator(".canvas").evaluate((canvas) =>
    [...canvas.querySelectorAll(".node, .arrow circle, .arrow > path, .task")].map((thing) => {
      const style = getComputedStyle(thing);
      return `${style.animationName} ${style.transitionProperty === "none" || style.transitionDuration === "0s"}`;
    }),
  );
  expect(new Set(motion)).toEqual(new Set(["none true"]));
});

test("in Chinese and in the dark the stage has its words", async ({ page }) => {
  await open(page, "?lang=zh-CN&theme=dark");
  await expect(page.locator(".floor.u h3")).toHaveText("用户空间");
  await axe(page);
});
