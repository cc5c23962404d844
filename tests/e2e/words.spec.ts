// The page's words: which language it begins in, what a switch keeps, and that all of it is there.
import { axe, open, rewrite } from "./page.ts";
import { expect, test } from "./fixtures.ts";
import type { Page } from "@playwright/test";

const CHINESE = /[\u4e00-\u9fff]/;
const field = (page: Page) => page.locator(".add-line input");

/** Chooses the other language by its button, which is called as that calls itself. */
const speak = (page: Page, language: "中文" | "English") =>
  page.locator("button.lang", { hasText: language }).click();

/** On a small page: shows a part, whatever it is called. */
const tab = async (page: Page, id: "stage" | "script" | "inside") => {
  const button = page.locator(`.tab-${id}`);
  if (await button.isVisible()) await button.click();
};

for (const [locale, lang, title] of [
  ["zh-CN", "zh-CN", "水平触发与边缘触发 · epoll 演练场"],
  ["zh-TW", "zh-CN", "水平触发与边缘触发 · epoll 演练场"],
  ["en-US", "en", "Level against edge · epoll playground"],
  ["fr", "en", "Level against edge · epoll playground"],
] as const) {
  test.describe(`a browser that asks for ${locale}`, () => {
    test.use({ locale });

    test("gets the page in the language that fits", async ({ page }) => {
      await open(page, "?scenario=level-edge&at=0");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expect(page).toHaveTitle(title);
      const words = page.locator(".say");
      if (lang === "en") await expect(words).not.toContainText(CHINESE);
      else await expect(words).toContainText("到达 100 字节");
    });
  });
}

test("a link says which language, whatever the browser asks for", async ({ page }) => {
  await open(page, "?lang=zh");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("select.picker optgroup")).toHaveCount(3);
  await expect(page.locator("select.picker option").first()).toHaveText(CHINESE);
  await expect(page.locator("meta[name=description]")).toHaveAttribute("content", /红黑树/);
});

test("a switch keeps position, draft and form, and is remembered", async ({ page }) => {
  await open(page, "?scenario=level-edge&at=40");
  await tab(page, "script");
  await field(page).fill("main: nop()");
  await speak(page, "中文");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator(".count")).toHaveText(/ 40 \/ /);
  await expect(field(page)).toHaveValue("main: nop()");

  await page.getByRole("button", { name: "编辑脚本" }).click();
  await expect(page.locator(".ed .cm-content")).toBeFocused();
  await rewrite(page, "main: e = eventfd(7,");
  await expect(page.locator(".complaints")).toBeVisible();
  await speak(page, "English");
  await expect(page.locator(".ed .cm-line")).toHaveText("main: e = eventfd(7,");
  await speak(page, "中文");

  await open(page, "");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await open(page, "?lang=en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a switch keeps what is selected", async ({ page }) => {
  await open(page, "?scenario=level-edge&at=60");
  await page.locator(".canvas .task").first().click();
  const chosen = page.locator(".canvas .selected, .canvas [aria-pressed=true]");
  const before = await chosen.count();
  await speak(page, "中文");
  await expect(chosen).toHaveCount(before);
});

test("the theme is remembered too, and storage that refuses is no trouble", async ({ page }) => {
  await open(page, "");
  const theme = page.locator("button.theme");
  await theme.click();
  await theme.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await open(page, "");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("no", "SecurityError");
      },
    });
  });
  await open(page, "");
  await speak(page, "中文");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("what is wrong with a script is said in Chinese, and again in English", async ({ page }) => {
  await open(page, "?lang=zh-CN");
  await tab(page, "script");
  await page.getByRole("button", { name: "编辑脚本" }).click();
  await expect(page.locator(".ed .cm-content")).toBeFocused();
  await rewrite(page, "main: [a, a] = pipe()");
  const alert = page.locator(".complaints");
  await expect(alert).toContainText("第 1 行，第 11 列");
  await expect(alert).toContainText("`a` 被绑定了两次");
  await speak(page, "English");
  await expect(alert).toContainText("`a` is bound twice");
  await speak(page, "中文");

  await rewrite(page, "main: EPOLLIN = pipe()\nmain: e = eventfd(0, 0)\nmain: read(e, 8)");
  await expect(alert).toHaveCount(0);
  await page.getByRole("button", { name: "关闭编辑器" }).click();
  await page.keyboard.press("End");
  await expect(page.locator(".script .problem").first()).toContainText("是 C 的常量");
  await expect(page.locator(".script .problem").last()).toContainText("应为 调用成功");
});

test("no event of a lesson is told in English to a Chinese reader", async ({ page, isMobile }) => {
  test.skip(isMobile, "the words are the same");
  test.setTimeout(120_000);
  for (const lesson of ["level-edge", "would-not-die", "poll"]) {
    await open(page, `?lang=zh-CN&scenario=${lesson}`);
    for (let at = 0; at < 50; at += 1) {
      const said = ((await page.locator(".say p").first().textContent()) ?? "")
        // What the kernel calls an error stands as it is.
        .replace(/（[A-Za-z ]*）/g, "");
      expect(said).toMatch(CHINESE);
      expect(said, "three Latin words in a row are a sentence").not.toMatch(
        /\b[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}\b/,
      );
      await page.keyboard.press("ArrowRight");
    }
  }
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in Chinese, ${theme}`, async ({ page }) => {
    await open(page, `?lang=zh-CN&theme=${theme}&scenario=level-edge&at=80`);
    await axe(page);
    await tab(page, "script");
    await page.getByRole("button", { name: "编辑脚本" }).click();
    await axe(page);
  });
}
