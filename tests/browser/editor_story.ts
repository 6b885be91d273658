/** What the stories of the editor share: an application with rows, its page, and the demo's dashboard. */
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
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

/** Tells a story: a fresh application with four weeks of rows, one page, and nothing that the browser complains of. */
export async function story(browser: Browser, work: (story: Story) => Promise<void>): Promise<void> {
  const app = await startTestApp();
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB", reducedMotion: "reduce" });
  const faults: string[] = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
    // A save over somebody else's version answers 409, which the browser writes down as well.
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("409")) faults.push(message.text());
    });
  });
  const page = await context.newPage();
  try {
    const { id } = await (await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: CSV }))
      .json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await work({ page, app, origin: app.listen(), context });
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
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

/** A dashboard as it is stored. */
export async function stored(app: TestApp, id: string): Promise<Dashboard & { version: number }> {
  return await (await app.fetch(`/api/dashboards/${id}`)).json();
}
