// End-to-end tests of the release site in dist/; `cargo xtask test --only e2e` sets the variables.
import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const port = process.env.E2E_PORT ?? "4173";

// A sub-folder, so that an absolute address anywhere in the site fails.
const base = "/some/sub/folder/";

const chromium =
  process.env.CHROMIUM ||
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );

// Chromium draws parts of its own window as web pages: a second renderer a test, which costs as much
// as the page under test and shows nothing here. The last such option counts, so what Playwright
// itself switches off is named again.
const without = [
  "WebUIToolbar",
  "WebUIReloadButton",
  "WebUILocationBar",
  "WebUIOmniboxPopup",
  "WebUIOmniboxFullPopup",
  "WebUIOmniboxAimPopup",
  "InitialWebUI",
  "PreloadTopChromeWebUI",
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
  "Translate",
];

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // In the gate, on whatever machine that is, a test may need a second try: it is told as flaky then.
  retries: process.env.CI ? 1 : 0,
  // A loaded two-core machine may take long over a page; what hangs is still noticed.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}${base}`,
    screenshot: "only-on-failure",
    // A recording of each step costs half as much again: only when somebody looks for a failure.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--disable-features=${without.join(",")}`,
      ],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    // What differs there: every picture with axe; on a phone also the flows of the page.
    {
      name: "tablet",
      testMatch: ["screens.spec.ts"],
      use: { viewport: { width: 820, height: 1180 }, hasTouch: true },
    },
    {
      name: "phone",
      testMatch: ["page.spec.ts", "screens.spec.ts"],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
  webServer: {
    command: `node tests/e2e/server.mjs ${port} ${base}`,
    url: `http://127.0.0.1:${port}${base}`,
    reuseExistingServer: false,
    stdout: "ignore",
    stderr: "pipe",
  },
});
