// Keeping and sharing: the address, what is offered back, files and pictures.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, card, open, ready, run, step } from "./page";

const SCRIPT = [
  "#: title = Mine",
  "main: ep = epoll_create1(0)",
  "main: [rd, wr] = pipe2(O_NONBLOCK)",
  "main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN, 7})",
  'main: write(wr, "hello")',
  "main: epoll_wait(ep, 8, 0) -> 1",
  "",
].join("\n");

const position = (page: Page) => page.locator(".canvas").getAttribute("data-position");

/** What is on stage, without places: they are the window's. */
const things = (page: Page) =>
  page.locator(".canvas").evaluate((canvas) =>
    [...canvas.querySelectorAll<HTMLElement>(".task b, .node, .token, .waiter, .slot.full")]
      .map((thing) => `${thing.className} ${thing.textContent}`.replace(/ (narrow|compact)/g, ""))
      .sort(),
  );

const hash = (page: Page) => page.evaluate(() => location.hash);

/** Waits until the address says what is on the page. */
const written = async (page: Page, before: string) => {
  await expect.poll(() => hash(page)).not.toBe(before);
  return hash(page);
};

const share = (page: Page) => page.getByRole("button", { name: "Share", exact: true }).click();

const published = (name: string) =>
  /link = (.*)/.exec(readFileSync(`tests/links/v1-${name}.txt`, "utf8"))?.[1] ?? "";

const download = async (page: Page, name: string) => {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};

test("the address follows; a reload, another window and a phone show the same", async ({ page, context }) => {
  await open(page, "?scenario=one-edge-two-threads");
  await step(page, "to the end");
  const link = await written(page, "");
  expect(link).toMatch(/^#v1\./);
  expect(new URL(page.url()).search).not.toContain("scenario");
  const [there, at] = [await things(page), await position(page)];

  await page.reload();
  await ready(page);
  expect(await position(page)).toBe(at);
  expect(await things(page)).toEqual(there);

  const other = await context.newPage();
  await other.setViewportSize({ width: 390, height: 844 });
  await other.goto(`./${link}`);
  await ready(other);
  expect(await position(other)).toBe(at);
  expect(await things(other)).toEqual(there);
});

test("back and forward go through the scripts that were run", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads");
  await step(page, "to the end");
  const first = await written(page, "");
  await run(page, SCRIPT);
  const second = await written(page, first);
  await expect(page).toHaveTitle(/Mine/);
  await page.goBack();
  await expect(page).not.toHaveTitle(/Mine/);
  expect(await hash(page)).toBe(first);
  await page.goForward();
  await expect(page).toHaveTitle(/Mine/);
  expect(await hash(page)).toBe(second);
  // Nothing was written anew by that.
  await page.waitForTimeout(1200);
  expect(await hash(page)).toBe(second);
});

test("a link put into the address opens", async ({ page }) => {
  await open(page, "");
  await page.evaluate((link) => (location.hash = link), published("own-script"));
  await expect(page).toHaveTitle(/Shared/);
  await expect(card(page, "main").locator(".slot.full")).toHaveCount(1);
});

test("what was done is offered back on the next visit", async ({ page, context }) => {
  await open(page, "");
  await run(page, SCRIPT);
  await written(page, "");
  await page.close({ runBeforeUnload: false });

  const next = await context.newPage();
  await open(next, "");
  const bar = next.locator(".offer");
  await expect(bar).toContainText("script of your own");
  await axe(next);
  await bar.getByRole("button", { name: "Restore" }).click();
  await expect(next).toHaveTitle(/Mine/);
  await expect(bar).toHaveCount(0);

  const last = await context.newPage();
  await open(last, "");
  await last.locator(".offer").getByRole("button", { name: "Discard" }).click();
  await expect(last.locator(".offer")).toHaveCount(0);
});

test("what another page left in the storage is left out, with a word", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("epoll-playground.last", "v1.%%%"));
  await open(page, "");
  await expect(page.getByRole("alert")).toContainText("cannot be read");
});

test("a browser that keeps nothing still shows the page, and one without room says so once", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await open(page, "");
  await step(page, "step forward");
  await expect(page.getByRole("alert")).toContainText("no room left");
  await page.getByRole("button", { name: "OK" }).click();
  await step(page, "step forward");
  await page.waitForTimeout(1000);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("damaged, hostile and newer links: a sentence and an empty stage", async ({ page }) => {
  const good = published("own-script");
  const cases: [string, string][] = [
    [good.slice(0, -7), "damaged"],
    [good.replace("v1.", "v2."), "newer version"],
    ["<script>alert(1)</script>", "no link"],
    [`v1.${"A".repeat(300_000)}`, "no link of this page is longer"],
    ["v1.", "damaged"],
  ];
  for (const [link, sentence] of cases) {
    await page.goto("about:blank");
    await page.goto(`./#${link}`);
    await expect(page.getByRole("alert")).toContainText(sentence);
    await expect(page.locator(".canvas .node")).toHaveCount(0);
  }
  await axe(page);
});

test("a bad link loses nothing of what was there", async ({ page }) => {
  await open(page, `#${published("own-script")}`);
  await page.evaluate(() => (location.hash = "v1.AAAA"));
  await expect(page.getByRole("alert")).toContainText("damaged");
  await page.locator(".offer").getByRole("button", { name: "Restore" }).click();
  await expect(page).toHaveTitle(/Shared/);
});

test("a sample of mutated links does no harm in the browser", async ({ page }) => {
  const links = ["lesson", "own-script", "edited-lesson", "unicode"].map(published);
  await open(page, "");
  await page.evaluate(async (links) => {
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let n = 0; n < 60; n++) {
      const link = links[next(links.length)] ?? "";
      const at = 3 + next(link.length - 3);
      const other = "ABCxyz019-_"[next(11)] ?? "A";
      location.hash = n % 3 ? link.slice(0, at) + other + link.slice(at + 1) : link.slice(0, at);
      await new Promise((done) => setTimeout(done, 10));
    }
  }, links);
  await page.evaluate((link) => (location.hash = link), published("own-script"));
  await expect(page).toHaveTitle(/Shared/);
});

test("the link and the figure can be copied, and by hand where the browser forbids it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "?scenario=one-edge-two-threads&at=40");
  await share(page);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain("#v1.");
  await page.getByRole("button", { name: "Copy snippet" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<iframe src=".*embed=1#v1\./);

  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.locator(".keep-said")).toContainText("Ctrl+C");
  expect(await page.evaluate(() => getSelection()?.toString() || document.activeElement?.id)).toBeTruthy();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.locator(".count")).toContainText(/\b40\b/);
});

test("files: saved, opened by name, dropped, refused with a place", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads");
  await share(page);
  const file = await download(page, "Download .epoll");
  expect(file.name).toBe("one-edge-two-threads.epoll");
  expect(file.bytes.toString()).toContain("#: title = One edge, two threads");
  const calls = await download(page, "Calls, as strace tells them");
  expect(calls.bytes.toString()).toMatch(/epoll_create1\(\S*\) = 3/);

  const pick = (name: string, buffer: Buffer) =>
    page.locator("dialog input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer });
  await pick("mine.log", Buffer.from(SCRIPT));
  await expect(page).toHaveTitle(/Mine/);
  await expect(page.getByRole("alert")).toContainText("Opened mine.log");
  await share(page);
  await pick("bad.epoll", Buffer.from([0x61, 0x0a, 0x62, 0xff]));
  await expect(page.getByRole("alert")).toContainText("line 2, byte 2");
  await share(page);
  await pick("big.epoll", Buffer.alloc(2 << 20, 32));
  await expect(page.getByRole("alert")).toContainText("2048 kB");
  await expect(page).toHaveTitle(/Mine/);

  await page.evaluate((script) => {
    const data = new DataTransfer();
    data.items.add(new File([script], "dropped.epoll"));
    for (const kind of ["dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, SCRIPT.replace("Mine", "Dropped"));
  await expect(page).toHaveTitle(/Dropped/);
});

test("the stage as SVG, PNG and GIF", async ({ page, context }) => {
  await open(page, "?scenario=one-edge-two-threads&at=60&theme=dark");
  await share(page);
  const svg = (await download(page, "SVG")).bytes.toString();
  // Elsewhere: the page's own policy would hold for what is parsed there.
  const elsewhere = await context.newPage();
  const parsed = await elsewhere.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml");
    return [root.documentElement.tagName, root.querySelectorAll("parsererror").length, root.documentElement.textContent?.includes("epoll")];
  }, svg);
  expect(parsed).toEqual(["svg", 0, true]);
  await elsewhere.close();

  const png = (await download(page, "PNG")).bytes;
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const width = await page.locator(".canvas").evaluate((canvas) => (canvas as HTMLElement).offsetWidth);
  expect(png.readUInt32BE(16)).toBeGreaterThan(width);
  // More than a plain ground: as many colours as the theme has.
  expect(png.length).toBeGreaterThan(20_000);

  await page.getByLabel("From event").fill("60");
  await page.getByLabel("to event").fill("75");
  const gif = (await download(page, "Make GIF")).bytes;
  expect(gif.subarray(0, 6).toString()).toBe("GIF89a");
  const frames = gif.toString("latin1").split("\x21\xf9\x04").length - 1;
  expect(frames).toBeGreaterThan(2);
  await expect(page.locator(".keep-said")).toContainText(".gif");
  await expect(page.locator(".count")).toContainText(/\b60\b/);

  await page.getByLabel("From event").fill("0");
  await page.getByLabel("to event").fill("300");
  await page.getByRole("button", { name: "Make GIF" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator(".keep-said")).toContainText("Cancelled");
});

test("the dialog is for everybody, in both themes, in Chinese and on a phone", async ({ page }) => {
  for (const query of ["?theme=light", "?theme=dark", "?lang=zh-CN"]) {
    await open(page, query);
    await page.locator(".share").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await axe(page);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const dialog = await page.getByRole("dialog").boundingBox();
  expect((dialog?.x ?? -1) >= 0 && (dialog?.width ?? 999) <= 390).toBe(true);
});
