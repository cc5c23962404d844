// The script editor: what is typed runs, what cannot be read is kept, and help is at hand.
import { expect, test } from "./fixtures";
import { axe, card, edit, open, rewrite, run, show, step } from "./page";
import type { Page } from "@playwright/test";

const SCRIPT = `main: ep = epoll_create1(0)
main: [rd, wr] = pipe()
main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN, 7})
A: epoll_wait(ep, 8, -1) -> blocks
main: write(wr, "hello")
A => [{EPOLLIN, 7}]
`;

/** How the editor says it stands. */
const status = (page: Page) => page.locator(".ed-status");
const lines = (page: Page) => page.locator(".ed .cm-line");
const position = async (page: Page) =>
  Number(/(\d+) \//.exec((await page.locator(".count").textContent()) ?? "")?.[1]);

test("what is typed runs, and the stage follows the cursor", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  const text = await edit(page);
  await rewrite(page, SCRIPT);
  await expect(status(page)).toHaveText("Runs as you type; the stage follows the cursor.");
  await expect(page.locator(".picker option:checked")).toHaveText("Your script");
  // The cursor is behind the last line, and the stage at the end of the run.
  await expect.poll(() => position(page)).toBeGreaterThan(60);
  await expect(lines(page).nth(0)).toContainText("= 3");
  await expect(lines(page).nth(3)).toContainText("blocks");

  const end = await position(page);
  await lines(page).nth(1).click();
  await expect.poll(() => position(page)).toBeLessThan(end);
  await expect(page.locator(".ed .cm-standing")).toContainText("pipe()");
  await expect(lines(page).nth(4)).not.toContainText("= 5");

  // A line more, by hand: it is done as soon as one rests.
  await text.press("ControlOrMeta+End");
  await text.pressSequentially("B: nop(");
  await expect(lines(page).last()).toContainText("B: nop()");
  await expect(card(page, "B")).toBeVisible();
  await expect(page.locator(".ed .cm-standing")).toContainText("nop()");
});

test("playing marks the line in the text", async ({ page }) => {
  await open(page, "");
  await edit(page);
  await rewrite(page, SCRIPT);
  await expect(lines(page).nth(0)).toContainText("= 3");
  await step(page, "restart");
  await expect(page.locator(".ed .cm-standing")).toContainText("epoll_create1");
  await step(page, "play");
  await expect(page.locator(".ed .cm-standing")).toContainText("pipe()");
});

test("what cannot be read is marked, and kept until it can", async ({ page }) => {
  await open(page, "");
  const text = await edit(page);
  await rewrite(page, SCRIPT);
  await expect(lines(page).nth(4)).toContainText("= 5");
  const before = await position(page);
  await text.press("ControlOrMeta+End");
  await text.pressSequentially("main: close(rd,,");
  await expect(status(page)).toContainText("1 place cannot be read");
  await expect(page.locator(".ed .cm-lintRange-error, .ed .cm-lintPoint-error")).toHaveCount(1);
  await expect(page.locator(".complaints")).toContainText("Line 7, column 16");
  expect(await position(page), "the stage keeps the last good run").toBe(before);

  // Closed and opened again it is still there; a gesture on stage joins it.
  await page.getByRole("button", { name: "close editor" }).click();
  await expect(page.getByText("The editor holds a text that cannot be read.")).toBeVisible();
  await page.getByLabel("Add a line of script").fill("B: nop()");
  await page.getByLabel("Add a line of script").press("Enter");
  await expect(card(page, "B")).toBeVisible();
  await page.getByRole("button", { name: "Back to it" }).click();
  await expect(lines(page).nth(6)).toHaveText("main: close(rd,,)");
  await expect(lines(page).nth(7)).toHaveText("B: nop()");

  await lines(page).nth(6).click();
  await text.press("End");
  for (let back = 0; back < 3; back += 1) await text.press("Backspace");
  await text.pressSequentially(")");
  await expect(status(page)).toContainText("Runs as you type");
  await expect(page.locator(".complaints")).toHaveCount(0);
});

test("what a line did not do as it says is marked where it says so", async ({ page }) => {
  await open(page, "");
  await edit(page);
  await rewrite(page, "main: e = eventfd(3, 0)\nmain: read(e, 8) -> 4\n");
  await expect(status(page)).toHaveText("Runs; 1 line did not do what it says.");
  await expect(page.locator(".ed .cm-lintRange-error")).toHaveText("4");
  await page.locator(".ed .cm-lintRange-error").hover();
  await expect(page.locator(".ed .cm-tooltip")).toContainText("3");
});

test("typed last and closed at once is not lost", async ({ page }) => {
  await open(page, "");
  const text = await edit(page);
  await rewrite(page, SCRIPT);
  await text.press("ControlOrMeta+End");
  await page.keyboard.insertText("Z: nop()");
  await page.getByRole("button", { name: "close editor" }).click();
  await expect(page.locator(".script li").last()).toContainText("Z: nop()");
});

test("completion knows the place", async ({ page }) => {
  await open(page, "");
  const text = await edit(page);
  await rewrite(page, SCRIPT);
  const choices = page.locator(".ed .cm-tooltip-autocomplete li");
  await text.press("ControlOrMeta+End");
  await text.pressSequentially("main: epoll_c");
  await expect(choices).toHaveText(["epoll_create(size)", "epoll_create1(flags)", "epoll_ctl(ep, op, fd, event)"]);
  // Choices must stand for a moment before a key takes them.
  await page.waitForTimeout(150);
  await text.press("ArrowDown");
  await text.press("ArrowDown");
  await text.press("Enter");
  await expect(lines(page).last()).toContainText("main: epoll_ctl(ep, EPOLL_CTL_ADD, wr, {EPOLLIN})");

  await text.press("ControlOrMeta+End");
  await text.press("Enter");
  await text.pressSequentially("main: epoll_ctl(ep, EPOLL_CTL_MOD, rd, {EPOLLIN|EPOLLO");
  await expect(choices.first()).toHaveText("EPOLLOUT");
  await text.press("Escape");
  await expect(choices).toHaveCount(0);
  await text.press("ControlOrMeta+End");
  await text.press("Enter");
  await text.pressSequentially("A");
  await expect(choices.first()).toContainText("A");
});

test("help tells a call's parameters and its errors, in both languages", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  await edit(page);
  await rewrite(page, SCRIPT);
  const word = page.locator(".ed .cm-line span", { hasText: /^epoll_ctl$/ });
  await word.hover();
  const help = page.locator(".ed .cm-help");
  await expect(help).toContainText("epoll_ctl(ep, op, fd, event)");
  await expect(help).toContainText("EEXIST");
  await expect(help).toContainText("ADD of a descriptor that this instance watches already.");
  await page.mouse.move(0, 0);
  await expect(help).toHaveCount(0);

  await page.getByRole("button", { name: "Language: 中文" }).click();
  await word.hover();
  await expect(help).toContainText("ADD 的描述符已在该实例的关注集合中。");
  await expect(status(page)).toHaveText("边输入边运行，舞台跟随光标所在的行。");
  await expect(page.locator(".ed").getByRole("textbox", { name: "脚本" })).toBeVisible();
  await page.locator(".ed .cm-content").press("ControlOrMeta+f");
  await expect(page.locator(".ed .cm-search").getByRole("textbox").first()).toHaveAttribute("placeholder", "查找");
});

test("format keeps comments and what cannot be read", async ({ page }) => {
  await open(page, "");
  const text = await edit(page);
  await rewrite(page, "main:ep=epoll_create1( 0 )#first\n#second\n main: clos(\n");
  await page.getByRole("button", { name: "Format" }).click();
  const tidy = ["main: ep = epoll_create1(0)  # first", "# second", " main: clos("];
  for (const [at, line] of tidy.entries()) await expect(lines(page).nth(at)).toHaveText(line);
  await rewrite(page, "main: e=eventfd(3,0)\n");
  await text.press("Shift+Alt+F");
  await expect(lines(page).nth(0)).toContainText("main: e = eventfd(3, 0)");
  // It is one step of the editor's own undo.
  await text.press("ControlOrMeta+z");
  await expect(lines(page).nth(0)).toContainText("main: e=eventfd(3,0)");
});

test("the text follows what is done on stage, and can be taken back", async ({ page }) => {
  await open(page, "");
  await edit(page);
  await rewrite(page, SCRIPT);
  await expect(lines(page).nth(4)).toContainText("= 5");
  await show(page, "Stage");
  await page.locator(".file").first().getByRole("button", { name: "drain" }).click();
  await show(page, "Script");
  await expect(lines(page).filter({ hasText: "read(rd" })).toHaveCount(1);
});

test("Tab is no trap, and no shortcut of the page fires", async ({ page }) => {
  await open(page, "?scenario=level-edge&at=40");
  const text = await edit(page);
  const before = await position(page);
  await text.pressSequentially(" w?/");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await position(page)).toBe(before);
  await text.press("Escape");
  await text.press("Tab");
  await expect(page.getByRole("button", { name: "Format" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(text).toBeFocused();
});

test("without its module a plain field takes its place", async ({ page, complaints }) => {
  await page.route("**/js/editor-*.js*", (route) => route.abort());
  await open(page, "");
  await show(page, "Script");
  await page.getByRole("button", { name: "edit script" }).click();
  await expect(page.getByText("The editor could not be loaded.")).toBeVisible();
  const field = page.getByRole("textbox", { name: "Script" });
  await field.fill("main: close(,)\n");
  await page.getByRole("button", { name: "Run script" }).click();
  await expect(page.locator(".complaints")).toContainText("Line 1, column 13");
  await axe(page);
  // Once it can be had, what was typed is in it.
  await page.unroute("**/js/editor-*.js*");
  await page.getByRole("button", { name: "Try to load it again" }).click();
  await expect(lines(page).nth(0)).toHaveText("main: close(,)");
  await rewrite(page, SCRIPT);
  await expect(lines(page).nth(0)).toContainText("= 3");
  expect(complaints.length).toBeGreaterThan(0);
  complaints.length = 0;
});

test("it is loaded only when it is opened", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(page, "");
  expect(asked.filter((url) => url.includes("/js/"))).toEqual([]);
  await run(page, SCRIPT);
  expect(asked.filter((url) => url.includes("/js/")).length).toBeGreaterThan(0);
});

for (const [theme, lang] of [["light", "en"], ["dark", "en"], ["dark", "zh-CN"]] as const) {
  test(`axe finds nothing, ${theme}, ${lang}`, async ({ page }, info) => {
    await open(page, `?scenario=level-edge&theme=${theme}&lang=${lang}`);
    const tab = page.getByRole("tab", { name: /^(Script|脚本)$/ });
    if (await tab.isVisible()) await tab.click();
    await page.getByRole("button", { name: /^(edit script|编辑脚本)$/ }).click();
    await expect(page.locator(".ed .cm-content")).toBeFocused();
    await rewrite(page, `${SCRIPT}main: read(rd, 9) -> EAGAIN\n`);
    await expect(lines(page).nth(0)).toContainText("= 3");
    await axe(page);
    await page.keyboard.type("main: epoll_");
    await expect(page.locator(".ed .cm-tooltip-autocomplete li").first()).toBeVisible();
    await expect(page.locator(".complaints")).toBeVisible();
    await page.screenshot({ path: `test-results/screens/editor-${info.project.name}-${theme}-${lang}.png` });
    await axe(page);
  });
}
