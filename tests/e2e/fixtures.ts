// What every end-to-end test uses instead of "@playwright/test": it fails a test in which the page
// writes a warning or an error to the console, lets an exception escape, or cannot load something.
import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

type Fixtures = {
  /** What the page has complained about so far. A test that provokes complaints empties it. */
  complaints: string[];
};

export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") {
          complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
        }
      });
      context.on("weberror", (error) => complaints.push(`exception: ${error.error()}`));
      context.on("response", (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
      });
      context.on("requestfailed", (request) => {
        // The page may cancel what it no longer needs.
        const why = request.failure()?.errorText;
        if (why !== "net::ERR_ABORTED") complaints.push(`${why}: ${request.url()}`);
      });
      await use(complaints);
      base.expect(complaints, "the page must not complain").toEqual([]);
    },
    { auto: true },
  ],
});
