// How a test finds its way about the page.
import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page, expect } from "@playwright/test";

/** Waits until the page listens: its stage can be seen a moment before that. */
export const ready = async (page: Page) => {
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await expect(page.locator(".canvas .task").first()).toBeVisible();
  // The stage learns its size in a frame, and stands in the next as it will.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};

/** Opens the page with a query, and waits until it listens. */
export const open = async (page: Page, query: string) => {
  await page.goto(`./${query}`);
  await ready(page);
};

/** Presses a button by its whole name. */
export const step = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).click();

/** On a small page: shows one of its parts. */
export const show = async (page: Page, name: "Stage" | "Script" | "Inside") => {
  const tab = page.getByRole("tab", { name });
  if (await tab.isVisible()) await tab.click();
};

/** The card of a task. */
export const card = (page: Page, name: string) =>
  page.locator(".task", { has: page.locator("b", { hasText: new RegExp(`^${name}$`) }) });

/** Opens the script editor and waits until one can type. */
export const edit = async (page: Page): Promise<Locator> => {
  await show(page, "Script");
  await page.getByRole("button", { name: "edit script" }).click();
  const text = page.locator(".ed .cm-content");
  await expect(text).toBeFocused();
  return text;
};

/** Puts a text in the place of what the editor holds, as from the clipboard. */
export const rewrite = async (page: Page, script: string) => {
  const text = page.locator(".ed .cm-content");
  await text.press("ControlOrMeta+a");
  await text.evaluate((content, script) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", script);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, script);
};

/** Runs a script of one's own, from the editor, and stands at its start. */
export const run = async (page: Page, script: string) => {
  await edit(page);
  await rewrite(page, script);
  await page.getByRole("button", { name: "close editor" }).click();
  await expect(page.locator(".picker option:checked")).toHaveText("Your script");
  await step(page, "restart");
};

/** WCAG 2.2 AA, as far as a machine can tell: nothing may be found, on the page or in a part of it. */
export const axe = async (page: Page, part?: string) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // In the page itself: otherwise every look opens a page of its own to put the results together.
  // Frames of the same origin are looked into all the same.
  const builder = new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(tags)
    .setLegacyMode(true);
  const found = await (part ? builder.include(part) : builder).analyze();
  const told = found.violations.map(
    (v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 160)).join("\n  ")}`,
  );
  expect(told, "axe finds nothing").toEqual([]);
};
