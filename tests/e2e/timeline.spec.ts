// Time: steps of each kind there and back, the lanes, zoom, failures, breakpoints, speed.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, open, run, step } from "./page";

const LESSON = "?scenario=one-edge-two-threads";

/** The position that the stage shows. */
const position = (page: Page) =>
  page.locator(".canvas").evaluate((canvas) => Number((canvas as HTMLElement).dataset.position));

/** The number of the current event, and how many there are. */
const count = async (page: Page) =>
  ((await page.locator(".timeline .count").textContent()) ?? "").match(/\d+/g)?.map(Number) ?? [];

/** On a phone: shows the lanes and what else there is no room for. */
const more = async (page: Page) => {
  const button = page.getByRole("button", { name: "lanes and more" });
  if (await button.isVisible()) await button.click();
};

/** Presses a button that moves in time, and waits until it has. */
const move = async (page: Page, name: string) => {
  const before = await position(page);
  await step(page, name);
  await expect.poll(() => position(page)).not.toBe(before);
  return position(page);
};

const toStart = async (page: Page) => {
  const button = page.getByRole("button", { name: "restart", exact: true });
  if (await button.isEnabled()) await button.click();
  await expect(button).toBeDisabled();
};

/** Where on the screen a part of the lanes is, once they rest. */
const at = async (page: Page, part: number, y = 40) => {
  const measure = () => page.locator(".chart").boundingBox();
  let box = await measure();
  await expect
    .poll(async () => {
      const before = JSON.stringify(box);
      box = await measure();
      return JSON.stringify(box) === before;
    })
    .toBe(true);
  if (!box) throw new Error("no lanes");
  return { x: box.x + part * box.width, y: box.y + y };
};

const playhead = async (page: Page) => (await page.locator(".playhead").boundingBox())?.x ?? -1;

const breakOn = async (page: Page, kind: string, text: string) => {
  const panel = page.getByRole("group", { name: "Breakpoints" });
  await panel.getByLabel("Break on").selectOption(kind);
  await panel.locator("input.field").fill(text);
  await panel.getByRole("button", { name: "add" }).click();
};

for (const kind of ["event", "function", "syscall"]) {
  test(`steps by ${kind} lead there and back`, async ({ page }) => {
    await open(page, `${LESSON}&at=120`);
    await more(page);
    await page.getByRole("button", { name: kind, exact: true }).click();
    await expect(page.getByRole("button", { name: kind, exact: true })).toHaveAttribute("aria-pressed", "true");
    const there = [await position(page)];
    for (let n = 0; n < 5; n++) there.push(await move(page, "step forward"));
    const back = [await position(page)];
    for (let n = 0; n < 5; n++) back.push(await move(page, "step back"));
    expect(back.reverse()).toEqual(there);
    const now = page.locator(".trace .ev.now");
    await move(page, "step forward");
    if (kind === "syscall" && (await now.isVisible())) await expect(now).toHaveText(/returns|\(/);
  });
}

test("a step by system call goes further than one by function, that further than one by event", async ({ page }) => {
  await open(page, `${LESSON}&at=110`);
  await more(page);
  const reach = [];
  for (const kind of ["event", "function", "syscall"]) {
    await page.getByRole("button", { name: kind, exact: true }).click();
    const from = await position(page);
    for (let n = 0; n < 3; n++) await move(page, "step forward");
    reach.push((await position(page)) - from);
    for (let n = 0; n < 3; n++) await move(page, "step back");
  }
  const [event, func, call] = reach;
  expect(event).toBeLessThan(func);
  expect(func).toBeLessThan(call);
});

test("the arrows step as chosen, with shift by system calls, and back", async ({ page }) => {
  await open(page, `${LESSON}&at=120`);
  const start = await position(page);
  await page.keyboard.press("ArrowRight");
  const event = await position(page);
  expect(event - start).toBeLessThanOrEqual(3);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => position(page)).toBe(start);
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => position(page)).toBeGreaterThan(start + 3);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(() => position(page)).toBe(start);
});

test("lanes say who runs, waits and sleeps where, and who wakes whom", async ({ page }) => {
  await open(page, `${LESSON}&at=105`);
  await more(page);
  const lane = (name: string) => page.locator(".lane-names li", { hasText: new RegExp(`^${name},`) });
  await expect(lane("main")).toHaveText("main, running in the kernel");
  await expect(lane("A")).toHaveText("A, blocked: ep->wq · fd 3");
  await expect(lane("B")).toHaveText("B, blocked: ep->wq · fd 3");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(lane("B")).toHaveText("B, runnable, waits for the processor");
  await expect(lane("main")).toHaveText("main, in user space");
  await expect(page.locator(".wakes .tip")).toBeAttached();
  await expect(page.locator(".playhead")).toHaveText(/event \d+/);
});

test("a click goes to a moment, a drag takes the playhead along", async ({ page }) => {
  await open(page, LESSON);
  await more(page);
  const middle = await at(page, 0.5);
  await page.mouse.click(middle.x, middle.y);
  const [, all] = await count(page);
  await expect.poll(async () => Math.abs((await count(page))[0] - all / 2)).toBeLessThan(2);
  expect(Math.abs((await playhead(page)) - middle.x)).toBeLessThan(4);
  const quarter = await at(page, 0.25);
  await page.mouse.down();
  await page.mouse.move(quarter.x, quarter.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await count(page))[0] - all / 4)).toBeLessThan(2);
});

test("zoom keeps what is pointed at, pans and fits again", async ({ page }, { project }) => {
  await open(page, `${LESSON}&at=300`);
  await more(page);
  await page.getByRole("button", { name: "zoom in" }).click();
  await page.getByRole("button", { name: "zoom in" }).click();
  await expect(page.locator(".track .shown")).toBeVisible();
  const shown = () => page.locator(".track .shown").getAttribute("style");
  const before = await shown();
  // Dragged beside the playhead, the picture goes along; the position stays.
  const there = await position(page);
  const from = await at(page, 0.9, 50);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 90, from.y, { steps: 3 });
  await page.mouse.up();
  await expect.poll(shown).not.toBe(before);
  expect(await position(page)).toBe(there);
  if (project.name === "desktop") {
    const panned = await shown();
    await page.mouse.wheel(0, -400);
    await expect.poll(shown).not.toBe(panned);
    await expect(page.locator(".ticks .syscall")).toBeAttached();
    const zoomed = await shown();
    await page.keyboard.down("Shift");
    await page.mouse.wheel(0, 60);
    await page.keyboard.up("Shift");
    await expect.poll(shown).not.toBe(zoomed);
  }
  await page.getByRole("button", { name: "fit", exact: true }).click();
  await expect(page.locator(".track .shown")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "fit", exact: true })).toBeDisabled();
});

test("the slider goes by keyboard, and zooms by + − 0", async ({ page }) => {
  await open(page, `${LESSON}&at=100`);
  const slider = page.getByRole("slider", { name: "Position" });
  await slider.focus();
  const there = await position(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => position(page)).toBe(there + 1);
  await expect(slider).toHaveAttribute("aria-valuetext", /^event 101 \/ \d+$/);
  await page.keyboard.press("+");
  await expect(page.locator(".track .shown")).toBeVisible();
  await page.keyboard.press("-");
  await expect(page.locator(".track .shown")).toHaveCount(0);
  await page.keyboard.press("+");
  await page.keyboard.press("0");
  await expect(page.locator(".track .shown")).toHaveCount(0);
});

test("the zoomed lanes follow the playhead", async ({ page }) => {
  await open(page, `${LESSON}&at=50`);
  await more(page);
  for (let n = 0; n < 4; n++) await page.getByRole("button", { name: "zoom in" }).click();
  for (let n = 0; n < 6; n++) await page.keyboard.press("Shift+ArrowRight");
  await expect(page.locator(".playhead")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.locator(".playhead")).toBeVisible();
});

test("a failed expectation has a mark and a way there", async ({ page }) => {
  await open(page, LESSON);
  await expect(page.locator(".marks .fail")).toHaveCount(0);
  await run(page, "main: e = eventfd(3, 0)\nmain: read(e, 8) -> 4\nmain: nop()\nmain: write(e, 1) -> EAGAIN\n");
  await more(page);
  await expect(page.locator(".marks .fail")).toBeAttached();
  const button = page.getByRole("button", { name: "2 problems" });
  await page.keyboard.press("Home");
  await button.click();
  await expect(page.locator(".script li.cur")).toContainText("read(e, 8) -> 4");
  await button.click();
  await expect(page.locator(".script li.cur")).toContainText("write(e, 1) -> EAGAIN");
});

test("the clock's moves and the interrupts are on the lanes", async ({ page }) => {
  await open(page, LESSON);
  await run(page, "main: nop()\nA: sleep(5ms) -> blocks\nadvance 10ms\n");
  await more(page);
  await expect(page.locator(".clock-marks text").first()).toHaveText("+5 ms");
  await expect(page.locator(".lane-names li").last()).toHaveText(/^irq/);
  await step(page, "to the end");
  await expect(page.locator(".timeline .clock")).toHaveText("10 ms");
  await step(page, "restart");
  await expect(page.locator(".lane-names li", { hasText: "A," })).toHaveText("A, not there yet");
});

test("playing stops where a breakpoint is hit: function, descriptor, task, errno", async ({ page }) => {
  await open(page, LESSON);
  await run(
    page,
    "main: ep = epoll_create1(0)\nmain: e = eventfd(0, EFD_NONBLOCK)\nmain: read(e, 8) -> EAGAIN\n" +
      "main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN, 7})\nA: epoll_wait(ep, 8, -1) -> blocks\nmain: write(e, 1)\n",
  );
  await more(page);
  await page.getByLabel("Speed").selectOption("no animation");
  await page.getByRole("button", { name: "Breakpoints: 0 on" }).click();
  const panel = page.getByRole("group", { name: "Breakpoints" });
  const cases = [
    ["kernel function", "ep_insert", "ep_insert()"],
    ["descriptor", "e", "fd 4"],
    ["task", "A", "A"],
    ["errno", "EAGAIN", "EAGAIN"],
  ];
  for (const [kind, text, target] of cases) {
    await breakOn(page, kind, text);
    await expect(panel.locator("li")).toContainText(target);
    await toStart(page);
    await page.getByRole("button", { name: "play", exact: true }).click();
    await expect(page.locator(".caught")).toHaveText(`stopped at ${target}`);
    await expect(page.getByRole("button", { name: "play", exact: true })).toBeVisible();
    const [number, all] = await count(page);
    expect(number).toBeGreaterThan(0);
    expect(number).toBeLessThan(all);
    await expect(page.locator(".marks .hit")).toBeAttached();
    // Turned off, it stops nothing.
    await panel.getByRole("checkbox").uncheck();
    await expect(panel.locator("li")).toContainText("off");
    await expect(panel.getByRole("button", { name: "run to next" })).toBeDisabled();
    await panel.getByRole("checkbox").check();
    await toStart(page);
    await panel.getByRole("button", { name: "run to next" }).click();
    await expect.poll(async () => (await count(page))[0]).toBe(number);
    await panel.getByRole("button", { name: `remove ${target}` }).click();
    await expect(panel.locator("li")).toHaveCount(0);
  }
  await page.keyboard.press("Escape");
});

test("what cannot be a breakpoint is told at the field", async ({ page }) => {
  await open(page, LESSON);
  await more(page);
  await page.getByRole("button", { name: "Breakpoints: 0 on" }).click();
  const panel = page.getByRole("group", { name: "Breakpoints" });
  const bad = [
    ["kernel function", "poll_callback", "it has ep_poll_callback"],
    ["kernel function", "printk", "no function of this name"],
    ["descriptor", "nobody", "Neither a descriptor"],
    ["task", "Z", "No task"],
    ["errno", "EVIL", "such as EAGAIN"],
    ["errno", " ", "Say what to stop at"],
  ];
  for (const [kind, text, message] of bad) {
    await breakOn(page, kind, text);
    await expect(panel.getByRole("alert")).toContainText(message);
    await expect(panel.locator("input.field")).toHaveAttribute("aria-invalid", "true");
    await expect(panel.locator("li")).toHaveCount(0);
  }
  await panel.locator("input.field").fill("EAGAIN");
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await panel.locator("input.field").press("Enter");
  await expect(panel.locator("li")).toHaveCount(1);
  await axe(page);
  await panel.locator("input.field").press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Breakpoints: 1 on" })).toBeFocused();
});

test("what is selected can be a breakpoint", async ({ page }) => {
  await open(page, `${LESSON}&at=200`);
  await page.locator(".node").first().click();
  // Its menu, a sheet on a phone, makes room; the node stays selected.
  await page.keyboard.press("Escape");
  await more(page);
  await page.getByRole("button", { name: "Breakpoints: 0 on" }).click();
  await page.getByRole("button", { name: "break on fd 4" }).click();
  await expect(page.locator(".breaks-panel li")).toContainText("fd 4");
});

test("with no animation nothing moves, and a run still reaches its end", async ({ page }) => {
  await open(page, `${LESSON}&at=600`);
  await page.getByLabel("Speed").selectOption("no animation");
  await step(page, "step forward");
  await expect(page.locator("main")).toHaveClass(/still/);
  await page.getByLabel("Speed").selectOption("16×");
  await page.getByRole("button", { name: "play", exact: true }).click();
  await expect(page.locator("main")).toHaveClass(/still/);
  await expect.poll(async () => (([n, all]) => all - n)(await count(page))).toBe(0);
});

test("who asks for less motion gets no play from a link", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, `${LESSON}&play=1`);
  await expect(page.getByRole("button", { name: "play", exact: true })).toBeVisible();
  await expect(page.locator("main")).toHaveClass(/still/);
});

test("a figure has thin lanes over a plain slider", async ({ page }) => {
  await page.setViewportSize({ width: 680, height: 420 });
  await open(page, "?embed=1&scenario=level-edge&at=200");
  await expect(page.locator(".lanes-picture .running")).toBeVisible();
  await expect(page.locator(".lane-names, .zoom, .breaks, .seg.by")).toHaveCount(0);
  const there = await at(page, 0.9, 4);
  await page.mouse.click(there.x, there.y);
  await expect.poll(async () => (await count(page))[0]).toBeGreaterThan(300);
  await axe(page);
});

test("targets are large enough for fingers", async ({ page }, { project }) => {
  test.skip(project.name !== "phone");
  await open(page, LESSON);
  await more(page);
  const small = await page
    .locator(".transport :is(button, select), .timeline button")
    .evaluateAll((all) =>
      all
        .map((one) => [one.getAttribute("aria-label") ?? one.textContent, one.getBoundingClientRect()] as const)
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([name, box]) => `${name} ${box.width}×${box.height}`),
    );
  expect(small).toEqual([]);
});

for (const [look, query] of [["light", "theme=light"], ["dark", "theme=dark"], ["Chinese", "lang=zh-CN"]]) {
  test(`axe finds nothing in the timeline: ${look}`, async ({ page }, { project }) => {
    await open(page, `?scenario=exclusive&at=400&${query}`);
    const button = page.locator(".more-time");
    if (await button.isVisible()) await button.click();
    await page.locator(".breaks > button").click();
    await axe(page);
    await page.screenshot({ path: `test-results/timeline-${look}-${project.name}.png` });
  });
}
