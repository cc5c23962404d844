// Asking the page: why it came to something, walked back click by click with the places lit, and why
// something does not happen, with what would help.
import { expect, test } from "./fixtures";
import { axe, card, edit, open, run, show, step } from "./page";

const answer = ".say .answer";

/** The links of the chain that are shown. */
const links = `${answer} .chain li`;

test("the chain of a return is walked back to the write, and each place lights up", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads&line=17");
  const back = page.locator(".script li", { hasText: 'write(wr, "hello")' });
  await show(page, "Script");
  await back.click();
  await show(page, "Stage");
  await page.keyboard.press("w");
  await expect(page.locator(answer)).toBeVisible();
  // From the last event of that line on, one link with each click.
  const further = page.getByRole("button", { name: "Why was that?" });
  const seen: string[] = [];
  while (await further.isVisible()) {
    await further.click();
    const lit = await page.locator(".canvas .hot").count();
    expect(lit, "something is lit on stage").toBeGreaterThan(0);
    seen.push((await page.locator(links).last().textContent()) ?? "");
  }
  await expect(page.locator(links).last()).toContainText('main called write(5, "hello")');
  await expect(page.locator(links).filter({ hasText: "5 bytes arrived" })).toHaveCount(1);
  await expect(page.locator(answer)).toContainText("the program decided");
  expect(seen.length).toBeGreaterThan(3);
  // A link further up is chosen again: it alone is pressed.
  await page.locator(`${links} button`).first().click();
  await expect(page.locator(`${links} button[aria-pressed="true"]`)).toHaveCount(1);
});

test("from a link one can go to its moment, and return", async ({ page }) => {
  await open(page, "?scenario=one-edge-two-threads&at=140");
  const position = () => page.locator(".canvas").getAttribute("data-position");
  const from = await position();
  await page.getByRole("button", { name: "Why? The causes of this event" }).click();
  await page.getByRole("button", { name: /^go there: event/ }).click();
  expect(Number(await position())).toBeLessThan(Number(from));
  await page.getByRole("button", { name: "return to event 140" }).click();
  expect(await position()).toBe(from);
  await page.getByRole("button", { name: "close the answer" }).click();
  await expect(page.locator(answer)).toHaveCount(0);
});

test("why not, asked on the card of a blocked task: the edge is consumed, 36 bytes wait", async ({ page }) => {
  await open(page, "?scenario=edge-never-comes");
  await show(page, "Script");
  await page.locator(".script li", { hasText: "advance 10s" }).click();
  await show(page, "Stage");
  await card(page, "server").getByRole("button", { name: /^why\?/ }).click();
  const first = page.locator(links).first();
  await expect(first).toContainText("36 bytes wait in fd 4");
  await expect(first).toContainText("until EAGAIN");
  await expect(page.locator(".node.hot")).toHaveCount(1);
  // The click goes to the event at which it was reported.
  await page.getByRole("button", { name: /^go there: event/ }).click();
  await expect(page.locator(".say .sentence")).not.toBeEmpty();
  await expect(card(page, "server").locator(".slot.full")).toHaveText("IN, 1");
});

test("why not, asked of a descriptor that was disarmed", async ({ page }) => {
  await open(page, "?scenario=oneshot");
  await show(page, "Script");
  await page.locator(".script li", { hasText: 'write(wr, "two")' }).click();
  await show(page, "Stage");
  await page.locator(".node").first().click();
  // Its menu, a sheet on a phone, makes room; the node stays selected.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Why is it not reported?" }).click();
  await expect(page.locator(links).first()).toContainText("EPOLLONESHOT disarmed fd 4");
  await expect(page.locator(links).first()).toContainText("EPOLL_CTL_MOD");
  await page.keyboard.press("Escape");
  await expect(page.locator(answer)).toHaveCount(0);
});

test("an object's colour and mask have their reasons", async ({ page }) => {
  await open(page, "?scenario=tree");
  await step(page, "to the end");
  await page.locator(".node").first().click();
  // Its menu, a sheet on a phone, makes room; the node stays selected.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Why (red|black)\?$/ }).click();
  await expect(page.locator(links).first()).toContainText(/coloured|came into the tree/);
  await expect(page.locator(links).last()).toContainText("because");
});

test("w does nothing while somebody types, and nothing before the first event", async ({ page }) => {
  await open(page, "?scenario=oneshot");
  await page.keyboard.press("w");
  await expect(page.locator(answer)).toHaveCount(0);
  const text = await edit(page);
  await text.press("w");
  await expect(page.locator(answer)).toHaveCount(0);
});

test("a task that waits for mtx says who holds it", async ({ page }) => {
  await open(page, "?scenario=tree");
  await run(
    page,
    `main: ep = epoll_create1(0)
main: e = eventfd(1, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN})
A: epoll_wait(ep, 8, -1) @ copy_out
main: epoll_ctl(ep, EPOLL_CTL_MOD, e, {EPOLLIN|EPOLLET}) -> blocks
`,
  );
  await step(page, "to the end");
  await show(page, "Stage");
  await card(page, "main").getByRole("button", { name: /^why\?/ }).click();
  await expect(page.locator(links).first()).toContainText("which A holds");
});

for (const theme of ["light", "dark"]) {
  for (const lang of ["en", "zh-CN"]) {
    test(`answers are for everybody: ${theme}, ${lang}`, async ({ page }) => {
      await open(page, `?scenario=edge-never-comes&theme=${theme}&lang=${lang}`);
      await page.keyboard.press("End");
      for (let n = 0; n < 30; n++) await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("w");
      await page.keyboard.press("w");
      await expect(page.locator(links)).not.toHaveCount(0);
      if (lang === "zh-CN") await expect(page.locator(links).nth(1)).toContainText("因为");
      await axe(page);
    });
  }
}
