// Ten thousand descriptors: the tree on its canvas, files and lists by windows, long runs in slices.
import { type Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, edit, open, rewrite, run } from "./page";

/** So many eventfds, all watched; so many of them written to at the end. */
const crowd = (count: number, ready = 60) => {
  const lines = [`#: rlimit_nofile = ${Math.max(count + 16, 1024)}`, "main: ep = epoll_create1(0)"];
  for (let n = 0; n < count; n += 1) {
    lines.push(`main: e${n} = eventfd(0, EFD_NONBLOCK)`);
    lines.push(`main: epoll_ctl(ep, EPOLL_CTL_ADD, e${n}, {EPOLLIN, ${n}})`);
  }
  for (let n = 0; n < ready; n += 1) lines.push(`main: write(e${(n * 617) % count}, 1)`);
  return `${lines.join("\n")}\n`;
};

const finished = async (page: Page) => {
  await expect(page.locator(".job-bar")).toHaveCount(0, { timeout: 60_000 });
};

const glass = (page: Page) => page.getByRole("application", { name: /Red-black tree of/ });
const shelf = (page: Page) => page.getByRole("group", { name: /^files \d+ to / });

/** What of a layer of the canvas is painted. */
const painted = (page: Page, layer: string) =>
  page.locator(`.large-tree canvas.${layer}`).evaluate((element) => {
    // A copy: who reads a canvas of the page often is warned.
    const canvas = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext("2d", { willReadFrequently: true });
    context?.drawImage(canvas, 0, 0);
    const data = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let n = 3; n < data.length; n += 4) if (data[n] > 0) count += 1;
    return count;
  });

test("ten thousand descriptors are stepped through, looked at, scrolled and read", async ({ page }) => {
  await open(page, "?lang=en&theme=light");
  await run(page, crowd(10_000));
  await finished(page);
  // A long run ends where it ends; what is typed later goes back to the start.
  const end = page.getByRole("button", { name: "to the end", exact: true });
  if (await end.isEnabled()) await end.click();
  await expect(end).toBeDisabled();

  await test.step("the tree is one canvas of two layers", async () => {
    await expect(glass(page)).toHaveAccessibleName(/10.?000 nodes/);
    await expect(page.locator(".node")).toHaveCount(0);
    expect(await painted(page, "rests")).toBeGreaterThan(2000);
    expect(await painted(page, "marks")).toBeGreaterThan(100);
    await expect(page.locator(".tree-count")).toContainText("60 ready");
  });

  await test.step("steps go on", async () => {
    const input = page.locator(".track input");
    const end = Number(await input.inputValue());
    await page.locator(".canvas").hover({ position: { x: 5, y: 5 } });
    await page.keyboard.press("ArrowLeft");
    await expect.poll(async () => Number(await input.inputValue())).toBeLessThan(end);
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => Number(await input.inputValue())).toBe(end);
  });

  await test.step("zoom by wheel, buttons and keys", async () => {
    const before = await painted(page, "rests");
    await glass(page).hover();
    await page.mouse.wheel(0, -1200);
    await expect(page.locator(".large-tree.near")).toBeVisible();
    expect(await painted(page, "rests")).not.toBe(before);
    await page.getByRole("button", { name: "show the whole tree" }).click();
    await expect(page.locator(".large-tree.near")).toHaveCount(0);
    await glass(page).focus();
    await page.keyboard.press("+");
    await expect(page.locator(".large-tree.near")).toBeVisible();
    await page.keyboard.press("0");
    await expect(page.locator(".large-tree.near")).toHaveCount(0);
  });

  await test.step("a node is gone to and selected by keys", async () => {
    // Back to the callback of the last write: the event is about an item.
    const find = page.getByRole("button", { name: "go to the current item" });
    const input = page.locator(".track input");
    for (let n = 0; n < 40 && !(await find.isEnabled()); n += 1) {
      const before = await input.inputValue();
      await page.getByRole("button", { name: "step back", exact: true }).click();
      await expect.poll(() => input.inputValue()).not.toBe(before);
    }
    await find.click();
    await glass(page).focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(".file.rel").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.locator(".file.rel.selected")).toHaveCount(0);
    await page.getByRole("button", { name: "show the whole tree" }).click();
    await end.click();
    await expect(end).toBeDisabled();
  });

  await test.step("files scroll to their end, and only some are made", async () => {
    await expect(shelf(page)).toHaveAccessibleName(/of 10.?000/);
    expect(await page.locator(".shelf .file").count()).toBeLessThan(80);
    await shelf(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(shelf(page)).toHaveAccessibleName(/to 10.?000 of 10.?000/);
    await expect(page.locator(".shelf .file").last()).toContainText("fd 10003");
    expect(await page.locator(".shelf .file").count()).toBeLessThan(80);
  });

  await test.step("the ready list has a drawer with all of it", async () => {
    await page.getByRole("button", { name: "Show all 60 in rdllist" }).click();
    const drawer = page.getByRole("dialog", { name: "rdllist: 60" });
    await drawer.getByRole("group").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect(drawer.locator(".row").last()).toContainText("60");
    await drawer.getByRole("button", { name: "Close" }).click();
  });

  await test.step("the script's lines scroll, too", async () => {
    const close = page.getByRole("button", { name: "close editor" });
    if (await close.isVisible()) await close.click();
    const script = page.getByRole("group", { name: /^Script, 20.?0\d\d lines/ });
    expect(await script.locator("li").count()).toBeLessThan(80);
    await script.evaluate((element) => element.scrollTo(0, 0));
    await expect(script.locator("li").first()).toContainText("epoll_create1");
  });

  await test.step("the table says the same, a page at a time", async () => {
    await page.locator(".tree-tools").getByRole("button", { name: "table" }).click();
    const pager = page.getByRole("group", { name: /nodes|tree/i }).filter({ hasText: "rows 1 to 200" });
    await expect(pager.first()).toBeVisible();
    await pager.first().getByRole("button", { name: "last rows" }).click();
    await expect(page.getByText(/rows 9.?801 to 10.?000 of 10.?000/).first()).toBeVisible();
  });

  await test.step("nothing for axe", () => axe(page));
});

test("a long run can be cancelled, and stopped where it is", async ({ page }) => {
  await open(page, "?lang=en&theme=dark");
  const max = () => page.locator(".track input").getAttribute("max");
  const before = await max();
  await edit(page);
  await rewrite(page, crowd(9000));
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "cancel" }).click();
  await finished(page);
  expect(await max()).toBe(before);

  await rewrite(page, crowd(9500));
  await expect(page.locator(".job-bar")).toContainText(/line [1-9]\d{2,} of/);
  await page.getByRole("button", { name: "stop here" }).click();
  await finished(page);
  const events = Number(await max());
  expect(events).toBeGreaterThan(1000);
  expect(events).toBeLessThan(400_000);
});

test("in Chinese, and dark, nothing for axe", async ({ page }) => {
  await open(page, "?lang=zh-CN&theme=dark");
  await page.getByRole("button", { name: "编辑脚本" }).click();
  await expect(page.locator(".ed .cm-content")).toBeFocused();
  await rewrite(page, crowd(1500));
  await expect(page.getByRole("application", { name: /红黑树的图，共 1,?500 个节点/ })).toBeVisible();
  await axe(page);
});
