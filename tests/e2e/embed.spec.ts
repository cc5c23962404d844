// Figures in a text: their links, their host's theme, resting while unseen, several side by side.
import { expect, test } from "./fixtures";
import { axe, open } from "./page";
import type { Page } from "@playwright/test";

const position = async (page: Page) =>
  Number(/(\d+) \//.exec((await page.locator(".time .count").textContent()) ?? "")?.[1]);

test("playing goes round between the two positions of the link", async ({ page }) => {
  await open(page, "?embed=1&scenario=level-edge&loop=40-44&play=1");
  const seen = new Set<number>();
  await expect.poll(async () => {
    seen.add(await position(page));
    return seen.has(44);
  }, { intervals: [50] }).toBe(true);
  await expect.poll(async () => {
    const now = await position(page);
    seen.add(now);
    return now < 44;
  }, { intervals: [50] }).toBe(true);
  expect([...seen].every((at) => at >= 40 && at <= 44)).toBe(true);
});

test("mistakes in the link are told in the figure", async ({ page }) => {
  await open(page, "?embed=1&scenario=nothing&loop=9-4&lang=zh-CN");
  await expect(page.getByRole("alert")).toContainText("nothing");
  await expect(page.getByRole("alert")).toContainText("9-4");
  await open(page, "?embed=1&scenario=level-edge&loop=4-99999");
  await expect(page.getByRole("alert")).toContainText("99999");
});

test("a figure has its host's theme, and nobody else's word counts", async ({ page }) => {
  await page.goto("./tutorial/index.html");
  const frame = page.locator("iframe").first();
  await page.locator("epoll-figure").first().scrollIntoViewIfNeeded();
  const root = frame.contentFrame().locator("html");
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(root).toHaveAttribute("data-theme", "dark");
  await frame.evaluate((element: HTMLIFrameElement) => {
    for (const data of [null, 7, "dark", { type: "epoll-figure" }, { type: "epoll-figure", theme: "red" }, { theme: "light" }]) {
      element.contentWindow?.postMessage(data, "*");
    }
  });
  await expect(frame.contentFrame().getByRole("alert")).toContainText("There is no theme “red”");
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test("script and forms are behind a button, and the way to the page keeps the place", async ({ page }) => {
  await open(page, "?embed=1&scenario=level-edge&at=40");
  await expect(page.locator(".script")).toHaveCount(0);
  await page.getByRole("button", { name: "Script", exact: true }).click();
  await expect(page.locator(".script li.cur")).toBeVisible();
  await expect(page.locator(".forms")).toBeVisible();
  await page.getByRole("button", { name: "Script", exact: true }).click();
  await expect(page.locator(".script")).toHaveCount(0);
  const href = await page.getByRole("link", { name: /open/ }).getAttribute("href");
  expect(href).toContain("scenario=level-edge");
  expect(href).toContain("at=40");
});

for (const file of ["index.html", "zh.html"]) {
  test(`the figures of the tutorial load when they come near, play, and rest unseen: ${file}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.goto(`./tutorial/${file}`);
    const figures = page.locator("epoll-figure");
    await expect(figures).toHaveCount(6);
    expect(await page.locator("iframe").count(), "not all at once").toBeLessThan(6);
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      const count = figure.locator("iframe").contentFrame().locator(".time .count");
      await expect(count).toHaveText(/\d/);
      const first = await count.textContent();
      await expect(count).not.toHaveText(first ?? "", { timeout: 15_000 });
    }
    // The first is far above by now: it stands.
    const first = page.locator("iframe").first().contentFrame().locator(".time .count");
    const before = await first.textContent();
    await page.waitForTimeout(2500);
    await expect(first).toHaveText(before ?? "");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}

test("two figures and a full page side by side do not disturb each other", async ({ page, context }) => {
  await page.goto("./tutorial/index.html");
  const figures = page.locator("epoll-figure");
  for (const at of [0, 1]) await figures.nth(at).scrollIntoViewIfNeeded();
  const full = await context.newPage();
  await open(full, "?scenario=oneshot&at=30");
  await full.keyboard.press("ArrowRight");
  await expect(full.locator(".time .count")).toHaveText(/ 3[12] \/ /);
  for (const at of [0, 1]) {
    await expect(figures.nth(at).locator("iframe").contentFrame().locator(".time .count")).toHaveText(/\d/);
  }
});

for (const [query, scheme] of [["lang=en", "light"], ["lang=zh-CN", "dark"]] as const) {
  test(`axe finds nothing in a figure and the tutorial, ${query}, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await open(page, `?embed=1&scenario=level-edge&at=200&${query}&theme=${scheme}`);
    await axe(page);
    await page.goto(`./tutorial/${scheme === "dark" ? "zh" : "index"}.html`);
    await expect(page.locator("h1")).toBeVisible();
    await axe(page);
  });
}
