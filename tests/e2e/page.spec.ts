// The page in a real browser: scenarios play, steps go back and forth, clicks write script lines,
// a bad script is told and loses nothing.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { card, edit, open, rewrite, show, step } from "./page";

/** What is on stage: every object with its text, its class and its place. */
const picture = (page: Page) =>
  page.locator(".canvas").evaluate((canvas) =>
    [...canvas.querySelectorAll<HTMLElement>(".task, .node, .token, .waiter, .file, .entry, .list, .slot, .edge")].map(
      (thing) => `${thing.getAttribute("class")} ${thing.textContent} ${thing.getAttribute("style")}`,
    ),
  );

test("a scenario plays to its end: the ready item and the woken task are the right ones", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads&line=30");
  await page.getByLabel("Speed").selectOption("no animation");
  await page.getByRole("button", { name: "play" }).click();
  await expect(page.locator(".time .count")).toHaveText(/(\b\d+) \/ \1$/, { timeout: 20_000 });
  await expect(page.getByRole("button", { name: "play" })).toBeVisible();
  // Two edges, two threads: each has its event, and nothing is left on the ready list.
  await expect(card(page, "B").locator(".slot.full")).toHaveText("IN, 7");
  await expect(card(page, "A").locator(".slot.full")).toHaveText("IN, 8");
  await expect(page.locator(".token.rdl.listed")).toHaveCount(0);
});

test("with an edge only the last to fall asleep is woken", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads");
  await show(page, "Script");
  await page.locator(".script li", { hasText: 'write(wr, "hello")' }).click();
  await show(page, "Stage");
  await expect(card(page, "B").locator(".slot.full")).toHaveText("IN, 7");
  await expect(card(page, "A")).toContainText("blocked");
  await expect(page.locator(".waiter.queued")).toHaveText(/A/);
  await expect(page.locator(".token.listed")).toHaveCount(0);
});

test("stepping back and forward again gives the same picture", async ({ page }) => {
  await open(page, "?scenario=ovflist&at=200");
  // All in one go: Playwright's own clicks wait for motion to end.
  const [there, back] = await page.evaluate(async () => {
    const things = ".task, .node, .token, .waiter, .file, .entry, .list, .slot, .edge";
    const picture = () =>
      [...document.querySelectorAll(things)]
        .map((thing) => `${thing.getAttribute("class")} ${thing.textContent} ${thing.getAttribute("style")}`)
        .join("\n");
    const press = async (name: string) => {
      const position = () => document.querySelector<HTMLElement>(".canvas")?.dataset.position;
      const before = position();
      document.querySelector<HTMLElement>(`button[aria-label="${name}"]`)?.click();
      while (position() === before) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const there: string[] = [];
    const back: string[] = [];
    await press("step forward");
    for (let n = 0; n < 60; n++) {
      there.push(picture());
      await press("step forward");
    }
    for (let n = 0; n < 60; n++) {
      await press("step back");
      back.unshift(picture());
    }
    return [there, back];
  });
  expect(new Set(there).size).toBeGreaterThan(20);
  expect(back).toEqual(there);
});

test("a click adds a descriptor, and its node appears in the tree", async ({ page }) => {
  await open(page, "?scenario=tree");
  await step(page, "to the end");
  const nodes = await page.locator(".node").count();
  const lines = await page.locator(".script li").count();
  await show(page, "Script");
  await page.locator(".forms").getByRole("button", { name: "eventfd" }).click();
  await expect(page.locator(".script li")).toHaveCount(lines + 1);
  await page.locator(".forms").getByRole("button", { name: "EPOLLET" }).click();
  await page.getByRole("button", { name: "epoll_ctl ADD" }).click();
  await expect(page.locator(".script li").last()).toContainText("epoll_ctl(ep, EPOLL_CTL_ADD");
  await step(page, "to the end");
  await show(page, "Stage");
  await expect(page.locator(".node")).toHaveCount(nodes + 1);
  await expect(page.locator(".node .label", { hasText: "IN·ET" }).last()).toBeVisible();
});

test("a toggle on a node is a MOD, and the far end's button an arrival", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  await step(page, "to the end");
  await page.locator(".node").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "EPOLLOUT" }).click();
  await expect(page.locator(".script li").last()).toContainText("EPOLL_CTL_MOD, rd, {EPOLLIN|EPOLLOUT}");
  await page.keyboard.press("Escape");
  await step(page, "to the end");
  await page.locator(".file").first().getByRole("button", { name: "+ data" }).click();
  await expect(page.locator(".script li").last()).toContainText('write(wr, "hello")');
  await step(page, "to the end");
  await expect(page.locator(".file").first()).toContainText("recv 5 B");
});

test("a bad script shows its error and keeps the stage", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads&at=150");
  await edit(page);
  const before = await picture(page);
  await rewrite(page, "main: ep = epoll_create1(0)\nmain: close(,)\n");
  await expect(page.locator(".complaints")).toContainText("Line 2, column 13");
  await expect(page.locator(".complaints u")).toHaveText(",");
  expect(await picture(page)).toEqual(before);
  await rewrite(page, "main: e = eventfd(3, 0)\n");
  await expect(page.locator(".complaints")).toHaveCount(0);
  await page.getByRole("button", { name: "close editor" }).click();
  await expect(page.locator(".script li")).toHaveCount(1);
  await expect(page.locator(".file")).toContainText("counter 3");
});

test("a line that is typed runs, and keys do not fire meanwhile", async ({ page }) => {
  await open(page, "?scenario=level-edge&at=100");
  const count = await page.locator(".time .count").textContent();
  await show(page, "Script");
  const input = page.getByLabel("Add a line of script");
  await input.pressSequentially("main: nop( )");
  await expect(page.locator(".time .count")).toHaveText(count ?? "");
  await input.fill("main: bad(");
  await input.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Line ");
  await input.fill("main: e = eventfd(9, 0)");
  await input.press("Enter");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await input.blur();
  await page.keyboard.press("End");
  await expect(page.locator(".file").last()).toContainText("counter 9");
  await page.keyboard.press("Home");
  await expect(page.locator(".time .count")).toContainText(/\b0 \//);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".time .count")).not.toContainText(/\b0 \//);
});

test("a link with mistakes gives a message and a sane page", async ({ page }) => {
  await open(page, "?scenario=nonsense&at=-7");
  await expect(page.getByRole("alert")).toContainText("There is no scenario “nonsense”. “-7” is not a position.");
  await page.getByRole("button", { name: "OK" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await open(page, "?at=99999999");
  await expect(page.getByRole("alert")).toContainText("showing the last one");
});

test("an embedded figure shows stage, transport and a sentence only", async ({ page }) => {
  await page.setViewportSize({ width: 680, height: 420 });
  await open(page, "?embed=1&scenario=level-edge&at=200&theme=dark");
  await expect(page.locator(".script, .forms, .trace")).toHaveCount(0);
  await expect(page.locator(".say p")).not.toBeEmpty();
  await expect(page.getByRole("link", { name: "open" })).toHaveAttribute("href", /scenario=level-edge&at=200/);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await step(page, "step forward");
});

for (const [width, height] of [[1440, 900], [820, 1180], [390, 844]]) {
  test(`nothing sticks out at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, "?scenario=exclusive&at=400");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/page-${width}.png` });
  });
}

test("the stage follows what happens", async ({ page }) => {
  await open(page, "?scenario=exclusive&at=400");
  await page.keyboard.press("ArrowRight");
  // The lists of the second instance: below the fold on a phone.
  await expect(page.locator(".list.hot .list-title").first()).toBeInViewport();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".task.hot").first()).toBeInViewport();
});
