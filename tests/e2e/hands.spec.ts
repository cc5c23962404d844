// Hands: whatever can be done to the machine, by mouse, by keys and by touch, ends as a line of script.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, card, edit, open, run, show, step } from "./page";

const lines = (page: Page) => page.locator(".script li");
const last = (page: Page) => lines(page).last();
const menu = (page: Page) => page.getByRole("dialog");
const forms = (page: Page) => page.locator(".forms");

/** Runs a script to its end. */
const play = async (page: Page, script: string) => {
  await open(page, "?scenario=level-edge");
  await run(page, script);
  await step(page, "to the end");
};

/** What the script says, line by line, with what came of it. */
const said = async (page: Page) => (await lines(page).allTextContents()).join("\n");

/** What is pressed on stage to select a file, the instance or a task. */
const head = (page: Page, what: string) => {
  if (what === "fd 3") return page.locator(".floor.k h3 button").first();
  const box = what.startsWith("fd")
    ? page.locator(".file", { has: page.locator("b", { hasText: new RegExp(`^${what}$`) }) })
    : card(page, what);
  return box.locator("button.top");
};

/** Opens a menu. */
const menuOf = async (page: Page, what: string) => {
  await show(page, "Stage");
  await head(page, what).click();
  await expect(menu(page)).toBeVisible();
};

/** Presses a button of the menu, then goes to where it led. */
const press = async (page: Page, name: string) => {
  await menu(page).getByRole("button", { name, exact: true }).click();
  await step(page, "to the end");
};

const FILES = `main: ep = epoll_create1(0)
main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)
main: l = socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK)
main: bind(l, 5000)
main: listen(l, 5)
main: c = socket(AF_INET, SOCK_STREAM)
main: connect(c, 5000)
main: t = timerfd_create(TFD_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, a, {EPOLLIN})
main: epoll_ctl(ep, EPOLL_CTL_ADD, l, {EPOLLIN|EPOLLEXCLUSIVE})
`;

test("a file's menu does what the far end and the file itself can do", async ({ page }) => {
  await play(page, FILES);
  await menuOf(page, "fd 4");
  await menu(page).getByLabel("+ data: bytes").fill("7");
  await press(page, "+ data");
  await expect(last(page)).toContainText("write(b, 7)");
  await press(page, "+ urgent byte");
  await expect(last(page)).toContainText('send(b, "!", MSG_OOB)');
  await menu(page).getByLabel("SO_RCVLOWAT: value").fill("3");
  await press(page, "SO_RCVLOWAT");
  await expect(last(page)).toContainText("setsockopt(a, SO_RCVLOWAT, 3)");
  await press(page, "O_NONBLOCK");
  await expect(last(page)).toContainText("fcntl(a, F_SETFL, 0)");
  await press(page, "dup");
  await expect(last(page)).toContainText("d = dup(a)");
  await press(page, "FIN");
  await expect(last(page)).toContainText("shutdown(b, SHUT_WR)");
  await menu(page).getByLabel("read: bytes").fill("2");
  await press(page, "read");
  await expect(last(page)).toContainText("read(a, 2)");
  await expect(page.locator(".script .problem")).toHaveCount(0);
});

test("a listener gets clients, a timer is armed, and who nobody holds says so", async ({ page }) => {
  await play(page, FILES);
  await menuOf(page, "fd 6");
  await menu(page).getByLabel("connect ×: connections").fill("3");
  await press(page, "connect ×");
  await expect(last(page)).toContainText("connect(c3, 5000)");
  await press(page, "accept");
  await expect(last(page)).toContainText("s = accept4(l, SOCK_NONBLOCK)");
  await menuOf(page, "fd 8");
  await menu(page).getByLabel("arm: first after, ms").fill("20");
  await menu(page).getByLabel("arm: then every, ms; 0 for once").fill("5");
  await press(page, "arm");
  await expect(last(page)).toContainText("timerfd_settime(t, 20ms, 5ms)");
  await press(page, "disarm");
  await expect(last(page)).toContainText("timerfd_settime(t, 0, 0)");
  // A connection that is in the accept queue: its end is nobody's.
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);
  await play(page, FILES);
  await menuOf(page, "fd 7");
  const data = menu(page).getByRole("button", { name: "+ data" });
  await expect(data).toBeDisabled();
  await expect(data).toHaveAttribute("title", /Nobody holds the far end/);
});

test("an item's mask: every bit is a toggle, and what cannot be modified is taken out and added", async ({ page }) => {
  await play(page, FILES);
  await show(page, "Stage");
  await page.locator(".node").first().click();
  await press(page, "EPOLLPRI");
  await expect(last(page)).toContainText("EPOLL_CTL_MOD, a, {EPOLLIN|EPOLLPRI}");
  await press(page, "EPOLLRDHUP");
  await press(page, "EPOLLWAKEUP");
  await expect(last(page)).toContainText("EPOLL_CTL_MOD");
  const before = await lines(page).count();
  await press(page, "EPOLLEXCLUSIVE");
  await expect(lines(page)).toHaveCount(before + 2);
  await expect(lines(page).nth(before)).toContainText("EPOLL_CTL_DEL, a");
  await expect(last(page)).toContainText("EPOLL_CTL_ADD, a");
});

test("a task's menu: it waits, is sent a signal, forks, and is stopped at a point", async ({ page }) => {
  await play(page, `${FILES}main: s = accept(l)\nmain: signal(SIGUSR1, handler)\nA: nop()\n`);
  await menuOf(page, "A");
  await menu(page).getByLabel("epoll_wait, stop at: point").selectOption("before_sleep");
  await press(page, "epoll_wait, stop at");
  await expect(last(page)).toContainText("A: epoll_wait(ep, 8, -1) @ before_sleep");
  await expect(card(page, "A")).toContainText("before_sleep");
  await press(page, "continue");
  await expect(last(page)).toContainText("A: continue");
  await expect(menu(page).getByRole("button", { name: "poll all" })).toBeDisabled();
  await press(page, "send signal");
  await expect(last(page)).toContainText("main: kill(A, SIGUSR1)");
  await expect(page.locator(".script li", { hasText: "before_sleep" })).toContainText("EINTR");
  await press(page, "fork");
  await expect(last(page)).toContainText("A: fork(B)");
  await expect(card(page, "B")).toBeVisible();
});

test("an instance's menu and a list's members", async ({ page }) => {
  await play(page, FILES);
  await menuOf(page, "fd 3");
  await press(page, "epoll_wait");
  await expect(last(page)).toContainText("A: epoll_wait(ep, 8, -1)");
  await press(page, "EPIOCSPARAMS");
  await expect(last(page)).toContainText("ioctl(ep, EPIOCSPARAMS, {50, 8, 0})");
  await press(page, "close");
  await expect(last(page)).toContainText("close(ep)");
  await expect(page.locator(".script .problem")).toHaveCount(0);
});

test("keys alone: open a menu, do something, delete, close; the focus comes back", async ({ page }) => {
  await play(page, FILES);
  await show(page, "Stage");
  await page.locator(".node").first().focus();
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);
  await expect(page.locator(".node").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Delete");
  await expect(last(page)).toContainText("EPOLL_CTL_DEL, a");
  await step(page, "to the end");
  await expect(page.locator(".node")).toHaveCount(1);
  // The menu goes with its thing.
  await expect(menu(page)).toHaveCount(0);
});

test("the menu hides nothing of what it is about", async ({ page }) => {
  await play(page, FILES);
  for (const what of ["fd 4", "fd 8", "main", "fd 3"]) {
    await menuOf(page, what);
    const sheet = await page.evaluate(() => matchMedia("(max-width: 699.98px)").matches);
    const box = await menu(page).boundingBox();
    expect(box).not.toBeNull();
    if (!box) return;
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    expect(box.x).toBeGreaterThanOrEqual(-1);
    expect(box.x + box.width).toBeLessThanOrEqual(size.width + 1);
    expect(box.y + box.height).toBeLessThanOrEqual(size.height + 1);
    if (!sheet) {
      const own = await head(page, what).boundingBox();
      const apart = !own || own.x + own.width <= box.x || box.x + box.width <= own.x ||
        own.y + own.height <= box.y || box.y + box.height <= own.y;
      expect(apart, `the menu of ${what} stands beside it`).toBe(true);
    }
    await page.keyboard.press("Escape");
  }
});

test("new descriptors of every kind, and bad numbers are told at the field", async ({ page }) => {
  await play(page, "main: ep = epoll_create1(0)\n");
  await show(page, "Script");
  for (const kind of ["tcp", "listener", "socketpair", "pipe", "eventfd", "timerfd", "signalfd", "epoll", "datagram"]) {
    const before = await lines(page).count();
    await forms(page).getByRole("button", { name: kind, exact: true }).click();
    await expect(lines(page)).not.toHaveCount(before);
  }
  await step(page, "to the end");
  await expect(page.locator(".script .problem")).toHaveCount(0);
  const count = await lines(page).count();
  await forms(page).getByLabel("max events").fill("0");
  const wait = forms(page).getByRole("button", { name: "epoll_wait", exact: true });
  await expect(wait).toBeDisabled();
  await expect(forms(page).locator(".field-error")).toContainText("A number from 1 to");
  await forms(page).getByLabel("max events").fill("many");
  await expect(forms(page).locator(".field-error")).toContainText("no whole number");
  await expect(lines(page)).toHaveCount(count);
  await forms(page).getByLabel("max events").fill("4");
  await forms(page).getByLabel("timeout in ms").fill("0");
  await wait.click();
  await expect(last(page)).toContainText("main: epoll_wait(ep, 4, 0)");
  await forms(page).getByLabel("Call", { exact: true }).first().selectOption("poll");
  await forms(page).getByRole("button", { name: "poll", exact: true }).click();
  await expect(last(page)).toContainText("POLLIN}");
});

test("any call: its arguments are checked where they are typed, and its errors are told before", async ({ page }) => {
  await play(page, FILES);
  await show(page, "Script");
  await forms(page).getByText("Any call").click();
  const fold = page.locator("details", { hasText: "Any call" });
  await fold.getByLabel("Call", { exact: true }).selectOption("listen");
  await expect(fold.locator(".about")).toContainText("EADDRINUSE, EBADF");
  await fold.getByLabel("listen: backlog").fill("99999999999");
  await expect(fold.locator(".field-error")).toContainText("does not fit C's `int`");
  await expect(fold.getByRole("button", { name: "Make the call" })).toBeDisabled();
  await fold.getByLabel("listen: backlog").fill("7");
  await fold.getByLabel("listen: fd").fill("nobody");
  await expect(fold.locator(".field-error")).toContainText("nobody");
  await fold.getByLabel("listen: fd").fill("t");
  await fold.getByRole("button", { name: "Make the call" }).click();
  await step(page, "to the end");
  await expect(last(page)).toContainText("listen(t, 7)");
  await expect(last(page)).toContainText("ENOTSOCK");
  await fold.getByLabel("Call", { exact: true }).selectOption("epoll_wait");
  await fold.getByLabel("Stop at").selectOption("before_scan");
  await fold.getByRole("button", { name: "Make the call" }).click();
  await expect(last(page)).toContainText("@ before_scan");
});

const TWO = `main: ep = epoll_create1(0)
main: e = eventfd(0, EFD_NONBLOCK)
main: f = eventfd(0, EFD_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLET, 1})
main: epoll_ctl(ep, EPOLL_CTL_ADD, f, {EPOLLIN|EPOLLET, 2})
A: epoll_wait(ep, 8, -1) -> _
B: epoll_wait(ep, 8, -1) -> _
`;

test("the scheduler in my hands: who runs first is my choice, and the script replays it", async ({ page }) => {
  await play(page, TWO);
  await show(page, "Script");
  const mine = forms(page).getByRole("switch", { name: "scheduler in my hands" });
  await expect(mine).toHaveAttribute("aria-checked", "false");
  await mine.click();
  await expect(last(page)).toContainText("hold(WOKEN)");
  await expect(mine).toHaveAttribute("aria-checked", "true");
  await page.getByLabel("Add a line of script").fill("main: write(e, 1)");
  await page.getByLabel("Add a line of script").press("Enter");
  await page.getByLabel("Add a line of script").fill("main: write(f, 1)");
  await page.getByLabel("Add a line of script").press("Enter");
  // B, which fell asleep last, was woken first; A is let run before it.
  const choices = forms(page).locator(".btn.run");
  await expect(choices).toHaveText(["run B", "run A"]);
  await forms(page).getByRole("button", { name: "run A" }).click();
  await step(page, "to the end");
  await expect(choices).toHaveText(["run B"]);
  await forms(page).getByRole("button", { name: "run B" }).click();
  await expect(choices).toHaveCount(0);
  await step(page, "to the end");
  await show(page, "Stage");
  await expect(card(page, "A").locator(".slot.full").first()).toHaveText("IN, 1");
  await expect(card(page, "B")).toContainText("blocked");
  const picture = () => page.locator(".canvas").evaluate((canvas) =>
    [...canvas.querySelectorAll(".task, .node, .token, .waiter, .file")].map((thing) => thing.textContent).join("\n"));
  const there = await picture();
  await show(page, "Script");
  const script = await said(page);
  // A line more, and all of it is run again.
  const text = await edit(page);
  await text.press("ControlOrMeta+End");
  await text.press("Enter");
  await page.getByRole("button", { name: "close editor" }).click();
  await show(page, "Script");
  expect(await said(page)).toBe(script);
  await show(page, "Stage");
  expect(await picture()).toBe(there);
});

test("segments are held back and arrive one by one", async ({ page }) => {
  await play(page, `${FILES}main: s = accept(l)\n`);
  await show(page, "Script");
  await forms(page).getByRole("switch", { name: "hold segments back" }).click();
  await expect(last(page)).toContainText("main: hold()");
  const next = forms(page).getByRole("button", { name: "deliver next" });
  await expect(next).toBeDisabled();
  await page.getByLabel("Add a line of script").fill('main: write(c, "late")');
  await page.getByLabel("Add a line of script").press("Enter");
  await next.click();
  await expect(last(page)).toContainText("main: deliver(1)");
  await step(page, "to the end");
  await expect(page.locator(".script .problem")).toHaveCount(0);
});

test("workloads are ordinary lines; too much of one is refused", async ({ page }) => {
  await play(page, "main: nop()\n");
  await show(page, "Script");
  await forms(page).getByText("Workload").click();
  const fold = page.locator("details", { hasText: "Workload" });
  await fold.getByLabel("n, connections").fill("3");
  await fold.getByLabel("k, active").fill("4");
  await expect(fold.locator(".field-error")).toContainText("k is at most n");
  await expect(fold.getByRole("button", { name: /^Add/ })).toBeDisabled();
  await fold.getByLabel("n, connections").fill("300");
  await expect(fold.locator(".field-error").first()).toContainText("from 1 to 200");
  await fold.getByLabel("n, connections").fill("5");
  await fold.getByLabel("k, active").fill("2");
  await fold.getByLabel("ticks").fill("2");
  await fold.getByRole("button", { name: /^Add/ }).click();
  await expect(last(page)).toContainText("read(load_r4, 64)");
  await fold.getByLabel("Kind").selectOption("firehose");
  await fold.getByRole("button", { name: /^Add/ }).click();
  await expect(last(page)).toContainText("read(load2_r, 4096)");
  await fold.getByLabel("Kind").selectOption("connections");
  await fold.getByRole("button", { name: /^Add/ }).click();
  await step(page, "to the end");
  await expect(page.locator(".script .problem")).toHaveCount(0);
  await expect(last(page)).toContainText("epoll_ctl(load3, EPOLL_CTL_ADD, load3_s8");
});

test("by touch: a sheet at the bottom with targets for fingers", async ({ page }, info) => {
  test.skip(info.project.name !== "phone", "fingers");
  await play(page, FILES);
  await show(page, "Stage");
  await head(page, "fd 4").tap();
  await expect(menu(page)).toBeVisible();
  const box = await menu(page).boundingBox();
  // It ends where the transport begins: time can be moved while it is open.
  const transport = await page.locator(".app > .transport").boundingBox();
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) - (transport?.y ?? 0))).toBeLessThan(60);
  for (const button of await menu(page).locator("button").all()) {
    const size = await button.boundingBox();
    expect(size?.height).toBeGreaterThanOrEqual(44);
  }
  await menu(page).getByRole("button", { name: "FIN", exact: true }).tap();
  await menu(page).getByRole("button", { name: "Close", exact: true }).tap();
  await expect(menu(page)).toHaveCount(0);
  await show(page, "Script");
  await expect(last(page)).toContainText("shutdown(b, SHUT_WR)");
});

for (const query of ["?theme=light", "?theme=dark", "?theme=light&lang=zh-CN"]) {
  test(`axe finds nothing with menus and forms open: ${query}`, async ({ page }) => {
    await open(page, `${query}&scenario=level-edge`);
    await page.keyboard.press("End");
    await page.locator(".node").first().click();
    await expect(menu(page)).toBeVisible();
    await axe(page, "[role=dialog]");
    await page.keyboard.press("Escape");
    await page.locator("button.top").first().click();
    await axe(page, "[role=dialog]");
    await page.keyboard.press("Escape");
    const tab = page.locator(".tab-script");
    if (await tab.isVisible()) await tab.click();
    for (const fold of await page.locator("details.fold > summary").all()) await fold.click();
    await page.locator('input[id], input.field').last().fill("x");
    await axe(page, "section.left");
  });
}
