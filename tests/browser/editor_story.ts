/** What the stories of the editor share: an application with rows, its page, and the demo's dashboard. */
import assert from "node:assert/strict";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { deleteDashboard, listDashboards } from "@/lib/dashboard/mod.ts";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import { type Dashboard, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { launchChromium, needsBrowser } from "./chromium.ts";
import { SIZES } from "./photograph.ts";

const CSV = [
  "date,platform,account,campaign,country,device,currency,impressions,clicks,spend,conversions,conversion_value",
  ...Array.from(
    { length: 28 },
    (_, day) =>
      `2026-01-${String(day + 1).padStart(2, "0")},${day % 2 ? "meta_ads" : "google_ads"},A,One,DE,mobile,EUR,1000,${
        100 + day
      },${50 + day},10,${300 + day}`,
  ),
].join("\n");

/** A story's page over an application with some rows. */
export type Story = { page: Page; app: TestApp; origin: string; context: BrowserContext };

/** What the stories of one file share: starting them for each would take longer than most stories do. */
interface Stage {
  browser: Browser;
  app: TestApp;
}
let stage: Promise<Stage> | undefined;

/**
 * A story about dashboards in a browser: four weeks of rows, no dashboard yet, a page of its own, and nothing that the
 * browser complains of.
 */
export function editorStory(
  name: string,
  work: (story: Story) => Promise<void>,
  options: BrowserContextOptions = {},
): void {
  Deno.test({ ...needsBrowser(name), fn: () => tell(work, options) });
}

Deno.test.afterAll(async () => {
  if (!stage) return;
  const { browser, app } = await stage;
  await browser.close();
  await app.close();
});

async function tell(work: (story: Story) => Promise<void>, options: BrowserContextOptions): Promise<void> {
  const { app, browser } = await (stage ??= setUp());
  await removeDashboards(app);
  const context = await browser.newContext({
    viewport: SIZES[0],
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  const faults: string[] = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
    // Refusals (409 over somebody else's version, 422 for a formula) are written down by the browser as well.
    page.on("console", (message) => {
      if (message.type() === "error" && !/\b(409|422)\b/.test(message.text())) faults.push(message.text());
    });
  });
  try {
    await work({ page: await context.newPage(), app, origin: app.listen(), context });
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
  }
}

async function setUp(): Promise<Stage> {
  const app = await startTestApp();
  const { id } = await (await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: CSV }))
    .json();
  while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { app, browser: await launchChromium() };
}

/** A story begins as if nobody had told one before. */
async function removeDashboards(app: TestApp): Promise<void> {
  for (const { doc } of await listDashboards(app.services, LOCAL_OWNER)) {
    await deleteDashboard(app.services, LOCAL_OWNER, doc.id);
  }
}

/** Saves the demo's dashboard as `demo`, changed by `change`. */
export async function saveDemo(app: TestApp, change: Partial<Dashboard> = {}): Promise<Dashboard> {
  const { placements, ...rest } = demoDashboard();
  const response = await app.fetch("/api/dashboards", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...rest, id: "demo", defaults: { values: {} }, placements, ...change }),
  });
  assert.equal(response.status, 201);
  return await response.json();
}

/** A widget of the gallery. */
export function galleryCard(page: Page, title: string): Locator {
  return page.locator(".gallery__card").filter({
    has: page.locator(".gallery__title", { hasText: new RegExp(`^${title}$`) }),
  }).first();
}

/** Goes to an element by the Tab key alone, as people without a mouse do. */
export async function tabTo(page: Page, element: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await element.waitFor();
  for (let i = 0; i < 150; i++) {
    if (await element.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`150 presses of ${key} do not reach ${element}`);
}

/** A dashboard as it is stored. */
export async function stored(app: TestApp, id: string): Promise<Dashboard & { version: number }> {
  return await (await app.fetch(`/api/dashboards/${id}`)).json();
}
