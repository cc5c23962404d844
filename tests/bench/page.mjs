// Measures the release site in Chromium: `cargo xtask bench-page` calls this with the scripts to run
// and prints what it says. Usage: node tests/bench/page.mjs DIST SMALL LARGE PORT
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "@playwright/test";
import sirv from "sirv";

const [dist, small, large, port] = process.argv.slice(2);
const files = sirv(dist, { etag: true });
const server = createServer((request, response) => {
  // Lets the page be asked for all the memory that it takes.
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  files(request, response, () => {
    if (request.url === "/empty") {
      response.setHeader("Content-Type", "text/html");
      return response.end("<!doctype html><title>empty</title>");
    }
    response.writeHead(404).end();
  });
}).listen(Number(port), "127.0.0.1");
const site = `http://127.0.0.1:${port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || undefined,
  args: ["--enable-precise-memory-info", "--no-sandbox"],
});

const percentile = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
};

/** A page with what measures in it: the wasm memory, long tasks, frames. */
const fresh = async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error("the page failed:", error.message));
  await page.addInitScript(() => {
    window.bench = { memory: null, long: [] };
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...args) => {
        const made = await original.apply(WebAssembly, args);
        window.bench.memory = (made.instance ?? made).exports.memory ?? window.bench.memory;
        return made;
      };
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.bench.long.push(entry.duration);
    }).observe({ type: "longtask" });
    window.bench.frames = (ms) =>
      new Promise((done) => {
        let count = 0;
        const begun = performance.now();
        const frame = () => {
          count += 1;
          const now = performance.now() - begun;
          if (now >= ms) done((count * 1000) / now);
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  const metrics = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
  };
  return { context, page, metrics, cdp };
};

/** Waits until all that was started has been drawn. */
const settled = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))),
  );

/** Script time, and all the main thread's time, of doing something so many times. */
const times = async ({ page, metrics }, count, act) => {
  const [script, task] = [[], []];
  await settled(page);
  for (let n = 0; n < count; n += 1) {
    const before = await metrics();
    await act(n);
    await settled(page);
    const after = await metrics();
    script.push(after.ScriptDuration - before.ScriptDuration);
    task.push(after.TaskDuration - before.TaskDuration);
  }
  return { script, task };
};

const seekTo = (page, part) =>
  page.evaluate((part) => {
    const input = document.querySelector(".track input");
    const [min, max] = [Number(input.min), Number(input.max)];
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    set.call(input, String(Math.round(min + (max - min) * part)));
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, part);

/** How long it takes from a seek until the other moment stands in the page, styled and laid out; ms. */
const seekTime = (page, part) =>
  page.evaluate(async (part) => {
    const input = document.querySelector(".track input");
    const [min, max] = [Number(input.min), Number(input.max)];
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const canvas = document.querySelector(".canvas");
    const moved = new Promise((done) => {
      new MutationObserver((_, watch) => (watch.disconnect(), done())).observe(canvas, {
        attributeFilter: ["data-position"],
      });
    });
    const begun = performance.now();
    set.call(input, String(Math.round(min + (max - min) * part)));
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await moved;
    // Asking lays it out.
    document.querySelector(".trace").scrollTop;
    return performance.now() - begun;
  }, part);

/** Opens a script: pasted into the editor, which runs it. Says when it is on the page. */
const load = async (page, source) => {
  await page.goto(`${site}/?lang=en&theme=light&scenario=level-edge`);
  await page.locator(".canvas .task").first().waitFor();
  await page.getByRole("button", { name: "edit script" }).click();
  const text = page.locator(".ed .cm-content");
  await text.waitFor();
  await settled(page);
  await text.press("ControlOrMeta+a");
  const idle = await events(page);
  return async () => {
    await text.evaluate((content, script) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", script);
      content.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    }, source);
    // While the run goes on, the page shows the one before.
    await page.waitForFunction(
      (idle) => {
        const input = document.querySelector(".track input");
        const now = Number(input.max) - Number(input.min);
        return now !== idle && !document.querySelector(".job-bar");
      },
      idle,
      { timeout: 120_000, polling: 50 },
    );
    await settled(page);
  };
};

const events = (page) =>
  page.evaluate(() => {
    const input = document.querySelector(".track input");
    return Number(input.max) - Number(input.min);
  });

/** Opens a script from the editor, and measures. */
const measure = async (source) => {
  const bench = await fresh();
  const { page, metrics, context } = bench;
  const ready = await load(page, source);
  // The editor puts the text into its lines first: that is no run, and is over when the bar is there.
  await page.evaluate(() => {
    window.bench.long = [];
    new MutationObserver((_, watch) => {
      if (document.querySelector(".job-bar")) {
        window.bench.long = [];
        watch.disconnect();
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  const before = await metrics();
  const begun = Date.now();
  await ready();
  const opened_ms = Date.now() - begun;
  const after = await metrics();
  const result = {
    events: await events(page),
    opened_ms,
    opened_script_ms: after.ScriptDuration - before.ScriptDuration,
    longest_task_ms: await page.evaluate(() => Math.max(0, ...window.bench.long)),
  };
  const close = page.getByRole("button", { name: "close editor" });
  if (await close.isVisible()) await close.click();

  await seekTo(page, 0.93);
  const key = (name) => () =>
    page.evaluate((key) => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }, name);
  const forward = await times(bench, 240, key("ArrowRight"));
  const back = await times(bench, 120, key("ArrowLeft"));
  // Where the tree grows, too.
  await seekTo(page, 0.5);
  const growing = await times(bench, 120, key("ArrowRight"));
  const all = [...forward.script, ...back.script, ...growing.script];
  result.step_p50 = percentile(all, 0.5);
  result.step_p95 = percentile(all, 0.95);
  result.step_max = Math.max(...all);
  result.parts = [forward, back, growing].map((part) => percentile(part.script, 0.95));
  const places = Array.from({ length: 60 }, (_, n) => ((n * 617) % 997) / 997);
  const laidOut = [];
  const seeks = await times(bench, places.length, async (n) => {
    laidOut.push(await seekTime(page, places[n]));
  });
  result.seek_p95 = percentile(laidOut, 0.95);
  result.seek_max = Math.max(...laidOut);
  result.seek_painted_p95 = percentile(seeks.task, 0.95);
  result.seek_painted_max = Math.max(...seeks.task);

  for (const speed of ["1×", "8×"]) {
    await seekTo(page, 0.93);
    await page.getByRole("combobox", { name: "Speed" }).selectOption({ label: speed });
    const position = () => page.locator(".track input").inputValue();
    const from = await position();
    await key(" ")();
    await page.evaluate(() => window.bench.frames(500));
    result[`fps ${speed}`] = await page.evaluate(() => window.bench.frames(4000));
    if ((await position()) === from) throw new Error("it does not play");
    await key(" ")();
  }
  await context.close();
  return result;
};

/** The memory of a page that holds a run, once it has been seen from end to end. */
const memory = async (source) => {
  const { page, context } = await fresh();
  await (await load(page, source))();
  for (let n = 0; n < 20; n += 1) await seekTo(page, n / 19);
  await settled(page);
  const wasm = await page.evaluate(() => window.bench.memory?.buffer.byteLength ?? 0);
  const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
  await context.close();
  return { wasm, heap };
};

/** The frame rate that a page without anything reaches. */
const emptyPage = async () => {
  const { page, context } = await fresh();
  await page.goto(`${site}/empty`);
  await page.evaluate(() => window.bench.frames(500));
  const fps = await page.evaluate(() => window.bench.frames(4000));
  await context.close();
  return fps;
};

const [few, many] = [readFileSync(small, "utf8"), readFileSync(large, "utf8")];
const out = {
  chromium: browser.version(),
  empty_fps: await emptyPage(),
  small: await measure(few),
  large: await measure(many),
  memory: await memory(many),
};
console.log(JSON.stringify(out, null, 1));
await browser.close();
server.close();
