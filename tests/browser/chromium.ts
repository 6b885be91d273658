/** Tests in a real browser: finds Chromium, starts it with a fresh profile, and says so where there is none. */
import { type Browser, chromium } from "playwright-core";

/** The flags every start gets; nothing is fetched from outside and nothing is left behind. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser's path (`CHROMIUM_PATH` first), or null where there is none. */
export function findChromium(places: string[] = [Deno.env.get("CHROMIUM_PATH") ?? "", ...PLACES]): string | null {
  return places.find((path) => path !== "" && isFile(path)) ?? null;
}

/** Starts Chromium with a profile of its own, which goes when the browser closes. Throws where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Deno.errors.NotFound("Cannot start Chromium: it is not installed; `deno task services` installs it");
  }
  return await chromium.launch({ executablePath, args: FLAGS, timeout: 60_000 });
}

/** How a test that needs Chromium is declared: skipped under a name that says what is missing and how to install it. */
export function needsBrowser(name: string): Omit<Deno.TestDefinition, "fn"> {
  const missing = findChromium() === null;
  return {
    name: missing ? `${name} [skipped: needs Chromium, which \`deno task services\` installs on Debian]` : name,
    ignore: missing,
    // Playwright keeps pipes and timers of its own until the process ends.
    sanitizeOps: false,
    sanitizeResources: false,
  };
}

// This module is loaded anew for each file of a run.
let shared: Promise<Browser> | undefined;
let closesShared = false;

/**
 * A test in a browser. The tests of a file share one browser, and nothing else: what a test opened is closed behind it,
 * with its cookies and its storage.
 */
export function browserTest(name: string, fn: (browser: Browser, t: Deno.TestContext) => Promise<void>): void {
  if (!closesShared) Deno.test.afterAll(closeShared);
  closesShared = true;
  Deno.test({
    ...needsBrowser(name),
    async fn(t) {
      if (shared && !(await shared).isConnected()) shared = undefined; // it crashed in the test before
      const browser = await (shared ??= launchChromium());
      try {
        await fn(browser, t);
      } finally {
        for (const context of browser.contexts()) await context.close();
      }
    },
  });
}

/** Ends the browser that a file's tests share. */
async function closeShared(): Promise<void> {
  const browser = await shared;
  shared = undefined;
  await browser?.close();
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
