// How a test finds its way about the page.
import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

/** Opens the page with a query, and waits for its stage. */
export const open = async (page: Page, query: string) => {
  await page.goto(`./${query}`);
  await expect(page.locator(".canvas .task").first()).toBeVisible();
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

/** Runs a script of one's own, from the editor. */
export const run = async (page: Page, script: string) => {
  await show(page, "Script");
  await page.getByRole("button", { name: "edit script" }).click();
  await page.getByRole("textbox", { name: "Script" }).fill(script);
  await page.getByRole("button", { name: "Run script" }).click();
};

/** WCAG 2.2 AA, as far as a machine can tell: nothing may be found. */
export const axe = async (page: Page) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await new AxeBuilder({ page }).withTags(tags).analyze();
  const told = found.violations.map(
    (v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 160)).join("\n  ")}`,
  );
  expect(told, "axe finds nothing").toEqual([]);
};
