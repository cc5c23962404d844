// The site starts wherever it is put.
import { expect, test } from "./fixtures";

test("the page starts in a sub-folder", async ({ page }) => {
  await page.goto("./");
  await expect(page).toHaveTitle(/epoll/);
  await expect(page.locator("#app .boot")).toHaveCount(0);
  await expect(page.locator("main")).toBeVisible();
});

test("the tutorial shows live figures", async ({ page }) => {
  await page.goto("tutorial/index.html");
  for (const frame of await page.locator("iframe").all()) {
    await frame.scrollIntoViewIfNeeded();
    await expect(frame.contentFrame().locator("main")).toBeVisible();
  }
});

test("a page whose wasm does not load says so", async ({ page, complaints }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("could not start");
  complaints.length = 0;
});

test("a page opened as a file says what to do", async ({ page, complaints }) => {
  await page.goto(new URL("../../dist/index.html", `file://${__filename}`).href);
  await expect(page.getByRole("alert")).toContainText("cargo xtask serve");
  complaints.length = 0;
});

test("a complaint of the page would fail its test", async ({ page, complaints }) => {
  await page.goto("./");
  await page.evaluate(() => {
    console.warn("a warning");
    setTimeout(() => {
      throw new Error("an exception");
    });
  });
  await expect.poll(() => complaints.join()).toMatch(/a warning.*an exception/s);
  complaints.length = 0;
});
