// Looking closer: inspector, tables, counters, glossary, finding events, the list of keys.
import { type Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { axe, open, run, show, step } from "./page";

/** Shows a part of the right column. */
const look = async (page: Page, name: string) => {
  await show(page, "Inside");
  await page.locator(".look-tabs").getByRole("tab", { name, exact: true }).click();
};

/** The row of a field in the inspector. */
const field = (page: Page, name: string) =>
  page.locator(".fields tr", { has: page.locator("th code", { hasText: new RegExp(`^${name}$`) }) }).first();

const EVENTFD = `main: ep = epoll_create1(0)
main: e = eventfd(0, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLET, 7})
A: epoll_wait(ep, 8, -1) -> [{EPOLLIN, 7}]
main: write(e, 5)
`;

const go = async (page: Page, script: string) => {
  await run(page, script);
  await step(page, "to the end");
};

test("the inspector shows the fields of an item, with offsets, and what a step changes", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  await go(page, EVENTFD);
  await look(page, "Tables");
  await page.locator(".stage-table", { hasText: "Interest set" }).getByRole("button", { name: "4" }).click();
  await look(page, "Object");
  await expect(page.locator(".fields caption").first()).toContainText("struct epitem");
  await expect(page.locator(".fields caption").first()).toContainText("120 bytes");
  const rdllink = field(page, "rdllink");
  await expect(rdllink.locator(".offset")).toHaveText("24");
  await expect(rdllink).toContainText("not linked");
  await expect(field(page, "event\\.data").locator(".value")).toHaveText("7");
  // Back until the item was linked into the ready list.
  const changed = page.locator(".fields .changed", { hasText: "rdllink" });
  await page.getByRole("heading", { name: /epoll/ }).first().click();
  for (let n = 0; n < 120 && !(await changed.count()); n++) await page.keyboard.press("ArrowLeft");
  await expect(changed).toContainText("was");
  await expect(page.locator(".look-head p")).toContainText("changed in this step");
  await page.getByRole("button", { name: "only what changed" }).click();
  await expect(page.locator(".fields tbody tr")).toHaveCount(await page.locator(".fields .changed").count());
});

test("values that are objects lead to them", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  await go(page, EVENTFD);
  await look(page, "Tables");
  await page.locator(".stage-table", { hasText: "Interest set" }).getByRole("button", { name: "4" }).click();
  await look(page, "Object");
  await field(page, "ep").getByRole("button", { name: "ep fd 3" }).click();
  await expect(page.locator(".fields caption").first()).toContainText("struct eventpoll");
  await expect(field(page, "ovflist")).toContainText("EP_UNACTIVE_PTR");
  await field(page, "file").getByRole("button", { name: "fd 3" }).click();
  await expect(page.locator(".fields caption").first()).toContainText("struct file");
  await expect(page.locator(".fields caption").first().getByRole("link")).toHaveAttribute(
    "href",
    "https://elixir.bootlin.com/linux/v6.18/C/ident/file",
  );
  await page.getByRole("button", { name: "show the event" }).click();
  await expect(page.locator(".fields.event caption")).toContainText("Event ");
});

test("with nothing selected the current event is told, and its cause is a step away", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  await go(page, EVENTFD);
  await look(page, "Object");
  const event = page.locator(".fields.event");
  await expect(event).toContainText("SyscallExit");
  await expect(event.getByRole("link").first()).toHaveAttribute("href", /elixir\.bootlin\.com.*ident/);
  const caption = await event.locator("caption").textContent();
  await event.locator("tr", { hasText: "cause" }).getByRole("button").click();
  await expect(event.locator("caption")).not.toHaveText(caption ?? "");
});

test("the tables have all 60 rows, and a row selects its object", async ({ page }) => {
  const many = Array.from(
    { length: 60 },
    (_, n) => `main: e${n} = eventfd(0, 0)\nmain: epoll_ctl(ep, EPOLL_CTL_ADD, e${n}, {EPOLLIN, ${n}})\n`,
  );
  await open(page, "?scenario=level-edge");
  await go(page, `main: ep = epoll_create1(0)\n${many.join("")}main: write(e7, 1)\n`);
  await look(page, "Tables");
  const tree = page.getByRole("table", { name: /Interest set of fd 3: 60 items/ });
  await expect(tree.locator("tbody tr")).toHaveCount(60);
  await expect(tree.locator("tbody tr", { hasText: "rdllist" })).toHaveCount(1);
  await expect(page.getByRole("table", { name: "Ready lists of fd 3" }).locator("tbody tr")).toHaveCount(1);
  const row = tree.getByRole("button", { name: "11", exact: true });
  await row.click();
  await expect(row).toHaveAttribute("aria-pressed", "true");
  await look(page, "Object");
  await expect(field(page, "event\\.data").locator(".value")).toHaveText("7");
  await axe(page);
});

test("counters: what it cost, and what the same waits would have cost", async ({ page }) => {
  await open(page, "?scenario=level-edge");
  await go(page, EVENTFD);
  await look(page, "Cost");
  const cell = (table: RegExp, row: string, column: number) =>
    page.getByRole("table", { name: table }).locator("tr", { hasText: row }).locator("td").nth(column);
  await expect(cell(/What it cost/, "system calls", 0)).toHaveText("3");
  await expect(cell(/What it cost/, "system calls", 1)).toHaveText("0");
  // One wait over one descriptor: 8 bytes in by poll, one word in by select; looked at twice.
  await expect(cell(/The same 1 wait/, "bytes copied in", 1)).toHaveText("8");
  await expect(cell(/The same 1 wait/, "bytes copied in", 2)).toHaveText("8");
  await expect(cell(/The same 1 wait/, "fds scanned", 1)).toHaveText("2");
  await expect(cell(/The same 1 wait/, "fds scanned", 2)).toHaveText("10");
  await step(page, "restart");
  await expect(cell(/What it cost/, "system calls", 0)).toHaveText("0");
  await expect(page.getByRole("table", { name: /No epoll_wait yet/ })).toBeVisible();
});

test("the glossary is searched in both languages, and a word leads to the stage", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads&at=150");
  await look(page, "Terms");
  const search = page.getByRole("searchbox", { name: "Search the glossary" });
  await search.fill("herd");
  await expect(page.locator(".term dt")).toContainText(["thundering herd"]);
  await search.fill("nothing of this name");
  await expect(page.locator(".look-search [role=status]")).toHaveText("no term");
  await search.fill("ep_poll_callback");
  const term = page.locator(".term", { has: page.locator("dt", { hasText: /^ep_poll_callback$/ }) });
  await expect(term.getByRole("link", { name: "fs/eventpoll.c" })).toHaveAttribute("target", "_blank");
  await term.getByRole("button", { name: "show on stage" }).click();
  await look(page, "Object");
  await expect(field(page, "func")).toContainText("ep_poll_callback");
  await field(page, "func").getByRole("button", { name: "What is func?" }).click();
  await expect(page.locator(".term.wanted dt")).toHaveText("struct wait_queue_entry");
  await page.goto("./?scenario=one-edge-two-threads&at=150&lang=zh-CN");
  await expect(page.locator(".canvas .task").first()).toBeVisible();
  if (await page.locator(".tab-inside").isVisible()) await page.locator(".tab-inside").click();
  await page.locator(".look-tabs").getByRole("tab", { name: "术语" }).click();
  await page.getByRole("searchbox", { name: "搜索术语" }).fill("惊群");
  await expect(page.locator(".term dt")).toContainText(["惊群"]);
  await axe(page);
});

test("a slash finds events, Enter goes on, Escape closes", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads");
  await page.keyboard.press("/");
  const box = page.getByRole("searchbox", { name: "Find in events" });
  await expect(box).toBeFocused();
  await box.pressSequentially("B epoll_wait");
  const count = page.locator(".find [role=status]");
  await expect(count).toHaveText(/^0 of [1-9]/);
  await box.press("Enter");
  await expect(count).toHaveText(/^1 of /);
  await expect(page.locator(".ev.now")).toHaveClass(/hit/);
  const first = await page.locator(".ev.now").textContent();
  await box.press("Enter");
  await expect(count).toHaveText(/^2 of /);
  await box.press("Shift+Enter");
  await expect(page.locator(".ev.now")).toHaveText(first ?? "");
  await box.fill("no such thing");
  await expect(count).toHaveText("nothing found");
  await expect(page.getByRole("button", { name: "next", exact: true })).toBeDisabled();
  await box.press("Escape");
  await expect(box).toHaveCount(0);
});

test("a question mark lists the keys, and Escape closes the list", async ({ page }) => {
  await open(page, "?scenario=level-edge&at=40");
  const count = await page.locator(".count").textContent();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("finds in the events");
  await page.keyboard.press("ArrowRight");
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".count")).toHaveText(count ?? "");
  await page.keyboard.press("?");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toHaveCount(0);
});

test("the tabs work by keyboard alone, and do not step through time", async ({ page }) => {
  await open(page, "?scenario=level-edge&at=40");
  await show(page, "Inside");
  const count = await page.locator(".count").textContent();
  const tab = (name: string) => page.locator(".look-tabs").getByRole("tab", { name, exact: true });
  await tab("Events").focus();
  for (const name of ["Object", "Tables", "Cost", "Terms", "Events"]) {
    await page.keyboard.press("ArrowRight");
    await expect(tab(name)).toBeFocused();
    await expect(tab(name)).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel")).toHaveAccessibleName(name);
  }
  await page.keyboard.press("End");
  await expect(tab("Terms")).toBeFocused();
  await expect(page.locator(".count")).toHaveText(count ?? "");
});

for (const query of ["theme=light", "theme=dark", "theme=light&lang=zh-CN"]) {
  test(`axe finds nothing in any tab: ${query}`, async ({ page }) => {
    await open(page, `?scenario=one-edge-two-threads&at=150&${query}`);
    if (await page.locator(".tab-inside").isVisible()) await page.locator(".tab-inside").click();
    const tabs = page.locator(".look-tabs [role=tab]");
    for (let n = 0; n < 5; n++) {
      await tabs.nth(n).click();
      await axe(page, "section.right");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
    await tabs.nth(2).click();
    await page.locator(".stage-table .obj").nth(4).click();
    await tabs.nth(1).click();
    await axe(page, "section.right");
    await page.screenshot({ path: `test-results/look-${query.replace(/\W/g, "-")}.png` });
  });
}
