// The past can be changed: lines in place, what hands do goes in where one stands, everything is
// undone and redone, no script is lost, and two versions stand side by side.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, open, run, show, step } from "./page";

const SCRIPT = `main: ep = epoll_create1(0)
main: e = eventfd(0, EFD_NONBLOCK)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN, 7}) -> 0
main: write(e, 1) -> 8
main: epoll_wait(ep, 8, 0) -> _
main: read(e, 8) -> _
main: epoll_wait(ep, 8, 0) -> _
`;

const lines = (page: Page) => page.locator(".script li");
const line = (page: Page, n: number) => lines(page).nth(n - 1);
const bar = (page: Page) => page.locator(".past-bar");
const texts = (page: Page) =>
  lines(page).evaluateAll((all) => all.map((li) => li.getAttribute("title") ?? ""));
const position = (page: Page) => page.locator(".middle .canvas").getAttribute("data-position");

/** Opens a line's tools. */
const edit = async (page: Page, n: number) => {
  await line(page, n).locator(".code").click();
  await page.getByRole("button", { name: `Change line ${n}`, exact: true }).click();
};

const play = async (page: Page) => {
  await open(page, "");
  await run(page, SCRIPT);
  await show(page, "Script");
  await expect(lines(page)).toHaveCount(7);
};

test("a line is changed in place: what comes after is run again, and one stays at the line", async ({ page }) => {
  await play(page);
  await edit(page, 4);
  const field = page.getByRole("textbox", { name: "Line 4" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("main: write(e, 1) -> 8");
  await field.fill("main: write(e, 5) -> 8");
  await field.press("Enter");
  await expect(field).toHaveCount(0);
  await expect(line(page, 4)).toHaveAttribute("aria-current", "step");
  await expect(line(page, 4)).toContainText("write(e, 5)");
  // What the later call gives now, and what it gave.
  await line(page, 6).click();
  await expect(line(page, 6)).toContainText("= 5");
  await expect(line(page, 6).locator(".was")).toHaveText("was 1");
  await expect(page.getByRole("button", { name: "1 result changed: compare" })).toBeVisible();
});

test("Escape leaves a line as it was, and keys of the page rest while one types", async ({ page }) => {
  await play(page);
  await edit(page, 4);
  const before = await position(page);
  const field = page.getByRole("textbox", { name: "Line 4" });
  await field.fill("nonsense");
  await field.press("Home");
  await field.press("Space");
  await field.press("Control+z");
  expect(await position(page)).toBe(before);
  await field.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Script" })).toBeFocused();
  expect((await texts(page)).join("\n")).toBe(SCRIPT.trim());
  await expect(page.getByRole("button", { name: "1 version" }).or(page.getByRole("button", { name: "2 versions" }))).toBeVisible();
});

test("lines are put in, moved and deleted, by pointer and by key", async ({ page }) => {
  await play(page);
  await edit(page, 4);
  await page.getByRole("button", { name: "New line after line 4" }).click();
  await page.getByRole("textbox", { name: "New line after line 4" }).fill("main: write(e, 2) -> 8");
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveCount(8);
  await expect(line(page, 5)).toContainText("write(e, 2)");
  await edit(page, 1);
  await page.getByRole("button", { name: "New line before line 1" }).click();
  await page.getByRole("textbox", { name: "New line before line 1" }).fill("main: f = eventfd(9, 0)");
  await page.getByRole("button", { name: "Run it" }).click();
  await expect(line(page, 1)).toContainText("f = eventfd(9, 0)");
  // Down by its button, which keeps the focus, and up again by key.
  await edit(page, 1);
  await page.getByRole("button", { name: "Move line 1 down" }).click();
  await expect(line(page, 2)).toContainText("f = eventfd(9, 0)");
  await expect(page.getByRole("button", { name: "Move line 2 down" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Move line 2 up" })).toBeEnabled();
  await page.keyboard.press("Escape");
  await page.getByRole("list", { name: "Script" }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(line(page, 1)).toContainText("f = eventfd(9, 0)");
  await page.keyboard.press("Delete");
  await expect(lines(page)).toHaveCount(8);
  await expect(line(page, 1)).toContainText("ep = epoll_create1(0)");
  await expect(line(page, 1)).toHaveAttribute("aria-current", "step");
  await page.keyboard.press("F2");
  await page.getByRole("button", { name: "Delete line 1", exact: true }).click();
  await expect(lines(page)).toHaveCount(7);
  // What was named there is gone: the lines are kept, with the reason, and the rest is run.
  await step(page, "to the end");
  await expect(line(page, 2).locator(".problem")).toContainText("ep");
  await expect(line(page, 3)).toContainText("= 8");
});

test("a line that can not be read or carried out is kept, with its reason, and the rest is run", async ({ page }) => {
  await play(page);
  for (const [text, reason] of [
    ["main: write(e,", "not closed"],
    ["main: frobnicate(1)", "frobnicate"],
    ["main: write(nobody, 1)", "nobody"],
    ["B => 8", "B"],
  ]) {
    await edit(page, 4);
    await page.getByRole("textbox", { name: "Line 4" }).fill(text);
    await page.keyboard.press("Enter");
    await expect(line(page, 4)).toHaveAttribute("title", text);
    await expect(line(page, 4).locator(".problem")).toContainText(reason);
    await line(page, 7).click();
    await expect(line(page, 7)).toContainText("= []");
    await line(page, 6).click();
    await expect(line(page, 6)).toContainText("EAGAIN");
  }
  // A call by a task that sleeps.
  await edit(page, 4);
  await page.getByRole("textbox", { name: "Line 4" }).fill("main: epoll_wait(ep, 8, -1) -> blocks");
  await page.keyboard.press("Enter");
  await expect(line(page, 5).locator(".problem")).toContainText("blocked in its call on line 4");
  // And all of it back.
  for (let n = 0; n < 5; n++) await page.keyboard.press("Control+z");
  expect((await texts(page)).join("\n")).toBe(SCRIPT.trim());
});

test("what hands do goes in where one stands, or at the end", async ({ page }) => {
  await play(page);
  await step(page, "to the end");
  await expect(bar(page)).toContainText("You are at the end");
  await line(page, 3).click();
  await expect(bar(page)).toContainText("You are at line 3 of 7: what you do goes in here.");
  await page.locator(".node").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "EPOLLET" }).click();
  await expect(lines(page)).toHaveCount(8);
  await expect(line(page, 4)).toContainText("EPOLL_CTL_MOD, e, {EPOLLIN|EPOLLET, 7}");
  await expect(page.locator(".node .label").first()).toHaveText("IN·ET");
  await expect(line(page, 4)).toHaveAttribute("aria-current", "step");
  await page.keyboard.press("Escape");
  await line(page, 3).click();
  await page.getByRole("button", { name: "add at the end instead" }).click();
  await expect(bar(page)).toContainText("is added at the end");
  await page.locator(".file").first().getByRole("button", { name: "+ 1" }).click();
  await expect(lines(page)).toHaveCount(9);
  await expect(line(page, 9)).toContainText("write(e, 1)");
  await line(page, 3).click();
  await page.getByRole("button", { name: "put it in here instead" }).click();
  await page.locator(".file").first().getByRole("button", { name: "+ 1" }).click();
  await expect(line(page, 4)).toContainText("write(e, 1)");
  await page.keyboard.press("Home");
  await expect(bar(page)).toContainText("before the first line");
});

test("undo and redo say what they are about, and go over other scenarios too", async ({ page }) => {
  await open(page, "?scenario=tree&at=100");
  const before = await texts(page);
  const undo = page.locator(".past-bar").getByRole("button", { name: /^Undo/ });
  const redo = page.locator(".past-bar").getByRole("button", { name: /^Redo/ });
  await expect(undo).toBeDisabled();
  await page.getByLabel("Scenario").selectOption({ label: "9 · One-shot" });
  await expect(undo).toHaveAccessibleName("Undo: opened “One-shot”");
  const other = await texts(page);
  expect(other).not.toEqual(before);
  await step(page, "to the end");
  await page.getByLabel("Add a line of script").fill("main: f = eventfd(3, 0)");
  await page.getByLabel("Add a line of script").press("Enter");
  await expect(undo).toHaveAccessibleName(/^Undo: line \d+ added: main: f = eventfd/);
  await undo.click();
  await expect(lines(page)).toHaveCount(other.length);
  await expect(redo).toHaveAccessibleName(/^Redo: line \d+ added/);
  await page.locator("body").press("Control+z");
  await expect.poll(() => texts(page)).toEqual(before);
  await expect(page.getByLabel("Scenario").locator("option:checked")).toContainText("red-black tree");
  await expect(page.locator(".time .count")).toContainText(/\b100 \//);
  await page.locator("body").press("Control+Shift+z");
  await expect.poll(() => texts(page)).toEqual(other);
  await page.locator("body").press("Control+y");
  await expect(lines(page)).toHaveCount(other.length + 1);
  await expect(redo).toBeDisabled();
});

test("what was undone stays as a branch, and one goes back to it", async ({ page }) => {
  await play(page);
  for (const value of [3, 4]) {
    await edit(page, 4);
    await page.getByRole("textbox", { name: "Line 4" }).fill(`main: write(e, ${value}) -> 8`);
    await page.keyboard.press("Enter");
    await expect(line(page, 4)).toContainText(`write(e, ${value})`);
    if (value === 3) await page.keyboard.press("Control+z");
  }
  await page.getByRole("button", { name: /^\d+ versions$/ }).click();
  const versions = page.getByRole("list", { name: "History" });
  await expect(versions.locator("li.aside")).toHaveCount(1);
  await expect(versions.locator("li.cur")).toContainText("write(e, 4)");
  await versions.getByRole("button", { name: /line 4 changed: main: write\(e, 3\)/ }).click();
  await expect(line(page, 4)).toContainText("write(e, 3)");
  await expect(versions.locator("li.cur")).toContainText("write(e, 3)");
});

test("two versions side by side: aligned, the first difference marked, both stages at one line", async ({ page }) => {
  await play(page);
  await edit(page, 4);
  await page.getByRole("button", { name: "Delete line 4", exact: true }).click();
  await expect(lines(page)).toHaveCount(6);
  await page.getByRole("button", { name: /^\d+ results changed: compare$/ }).click();
  const dialog = page.getByRole("dialog", { name: "Two versions compared" });
  await expect(dialog).toBeVisible();
  const pairs = dialog.locator(".pairs li");
  await expect(pairs).toHaveCount(7);
  await expect(dialog.locator(".pairs .first-row")).toContainText("write(e, 1)");
  await expect(dialog.locator(".pairs .cur")).toContainText("first difference");
  await expect(dialog.getByRole("status")).toContainText("first difference is at line 4");
  // The counter is 1 on the left and 0 on the right.
  await expect(dialog.locator(".v-one .file").first()).toContainText("counter 1");
  await expect(dialog.locator(".v-two .file").first()).toContainText("counter 0");
  await dialog.getByRole("button", { name: "Next difference" }).click();
  await expect(dialog.locator(".pairs .cur")).toContainText("epoll_wait");
  await expect(dialog.locator(".pairs .cur .r-two")).toHaveText("= []");
  await dialog.locator(".pairs").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(dialog.locator(".pairs .cur")).toContainText("EPOLL_CTL_ADD");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(lines(page)).toHaveCount(6);
});

test("on a phone the comparison shows one stage, and a switch shows the other", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await play(page);
  await edit(page, 4);
  await page.getByRole("textbox", { name: "Line 4" }).fill("main: write(e, 5) -> 8");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^\d+ versions$/ }).click();
  await page.getByRole("button", { name: "compare version 2 with this one" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(".v-two")).toBeVisible();
  await expect(dialog.locator(".v-one")).toBeHidden();
  await dialog.locator(".which button").first().click();
  await expect(dialog.locator(".v-one")).toBeVisible();
  await expect(dialog.locator(".v-two")).toBeHidden();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await axe(page);
});

for (const query of ["?theme=light", "?theme=dark", "?theme=light&lang=zh-CN"]) {
  test(`axe finds nothing in the past: ${query}`, async ({ page }) => {
    await open(page, `${query}&scenario=level-edge&at=150`);
    await page.locator(".script .handle").click();
    await expect(page.locator(".line-tools input")).toBeFocused();
    await axe(page, "section.left");
    await page.locator(".line-tools input").fill("main: close(nobody)");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Delete");
    await page.locator(".past-versions .link").first().click();
    await expect(page.locator(".versions li")).toHaveCount(3);
    await axe(page, "section.left");
    await page.locator(".versions li .link").first().click();
    await expect(page.locator("dialog.compare .pairs .cur")).toBeVisible();
    await axe(page, "dialog.compare");
  });
}
