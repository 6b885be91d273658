/** Bringing files in, as people do it: several at once, by keyboard alone, and with a tab that was closed half-way. */
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import { makeWorkbook } from "@/tests/corpus/make_workbook.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";

const COLUMNS = "Day;Campaign;Cost;Impr.;Clicks;Currency code";

function csvOf(campaign: string, days = 3): string {
  const rows = Array.from(
    { length: days },
    (_, i) => `${13 + i}.02.2026;${campaign};1.402,1${i};18.204;${100 + i};EUR`,
  );
  return [COLUMNS, ...rows, ""].join("\n");
}

async function withPage(
  browser: Browser,
  work: (page: Page, app: TestApp, origin: string) => Promise<void>,
): Promise<void> {
  const app = await startTestApp();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  try {
    await work(page, app, app.listen());
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
  }
}

async function writeFile(app: TestApp, name: string, text: string): Promise<string> {
  const path = `${app.directory}/${name}`;
  await Deno.writeTextFile(path, text);
  return path;
}

async function assertAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
  });
  assert.deepEqual(violations, [], `axe finds nothing on ${what}`);
}

const rowsOf = async (app: TestApp) => (await (await app.fetch("/api/datasets/ads")).json()).state.rows;

browserTest("[browser] several files stay beside one another and are imported by one click", async (browser) => {
  await withPage(browser, async (page, app, origin) => {
    await page.goto(`${origin}/data/import`);
    await page.locator("input[type=file]").setInputFiles([
      await writeFile(app, "brand.csv", csvOf("Brand")),
      await writeFile(app, "shopping.csv", csvOf("Shopping")),
      await writeFile(app, "notes.csv", "hello\nworld\n"),
    ]);
    await page.getByRole("button", { name: "Import all 2 files, 6 rows" }).waitFor({ timeout: 30_000 });
    await page.getByText("Cannot import the file", { exact: false }).waitFor();
    assert.equal(await rowsOf(app), 0, "nothing is published before");
    await assertAccessible(page, "the queue");
    await page.getByRole("button", { name: "Import all 2 files, 6 rows" }).click();
    await page.locator(".queue").getByText("Imported", { exact: true }).nth(1).waitFor({ timeout: 30_000 });
    assert.equal(await rowsOf(app), 6);
    assert.match(page.url(), /\/data\/import$/);
  });
});

browserTest("[browser] a file is brought in and taken back by keyboard alone", async (browser) => {
  await withPage(browser, async (page, app, origin) => {
    await page.goto(`${origin}/data/import`);
    await page.locator("input[type=file]").setInputFiles(await writeFile(app, "brand.csv", csvOf("Brand")));
    await page.getByText("Ready to import").first().waitFor({ timeout: 30_000 });
    const press = async (role: "button", name: RegExp) => {
      await page.getByRole(role, { name }).focus();
      await page.keyboard.press("Enter");
    };
    // What decided a finding is one key away, and no pointer is needed to reach it.
    const line = page.locator(".found__summary").first();
    await line.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: /What decided: Source/ }).waitFor();
    // The cell as it stands in the file, below the one that was read.
    await page.locator(".sample td", { hasText: "1,402.10" }).getByText("1.402,10").waitFor();
    await press("button", /^Import 3 rows$/);
    await page.getByRole("button", { name: /undo import/i }).waitFor({ timeout: 30_000 });
    assert.equal(await rowsOf(app), 3);
    await press("button", /undo import/i);
    await page.getByRole("status").getByText("Import undone", { exact: false }).waitFor();
    assert.equal(await rowsOf(app), 0);
    await page.goto(`${origin}/data/imports`);
    await press("button", /^Restore brand\.csv$/);
    await page.getByRole("status").getByText("is in its place again", { exact: false }).waitFor();
    assert.equal(await rowsOf(app), 3);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.waitForTimeout(250);
        await assertAccessible(page, `the ledger, ${width} px, ${colorScheme}`);
        const overflow = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth
        );
        assert.equal(overflow, 0, `the ledger does not scroll sideways at ${width} px`);
      }
    }
  });
});

browserTest("[browser] answers stay in a form that was not taken", async (browser) => {
  await withPage(browser, async (page, app, origin) => {
    const csv = csvOf("Brand").replaceAll(/\d\d\.02\.2026/g, "03/04/2026").replaceAll(";EUR", ";").replace(
      "Brand",
      "x",
    );
    const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv&confirm=true", { method: "POST", body: csv });
    const { id } = await sent.json();
    await page.goto(`${origin}/data/imports/${id}`);
    await page.getByText("How are the dates").waitFor({ timeout: 30_000 });
    await page.getByLabel(/day\/month\/year/).check();
    // As a page that was open for long: what it asks is not what is asked now.
    await page.locator("form.questions").evaluate((form) => {
      const stale = document.createElement("input");
      stale.type = "hidden";
      stale.name = "answer:gone";
      stale.value = "x";
      form.append(stale);
    });
    await page.getByRole("button", { name: /^Answer/ }).click();
    await page.getByText("That could not be done").waitFor();
    assert.equal(await page.getByLabel(/day\/month\/year/).isChecked(), true);
    await page.getByRole("button", { name: /^Answer/ }).click();
    await page.getByText("Ready to import").first().waitFor({ timeout: 30_000 });
  });
});

browserTest("[browser] a large file goes on where a closed tab left it", async (browser) => {
  await withPage(browser, async (page, app, origin) => {
    const rows = Array.from({ length: 120_000 }, (_, i) => `${13 + i % 10}.02.2026;C${i};1.402,18;18.204;100;EUR`);
    const path = await writeFile(app, "large.csv", [COLUMNS, ...rows, ""].join("\n"));
    const { size } = await Deno.stat(path);
    assert.ok(size > 4 * 2 ** 20);
    await page.goto(`${origin}/data/import`);
    // The connection breaks after the second piece, and stays away.
    let pieces = 0;
    await page.route("**/api/uploads/*", (route) => {
      const isPiece = route.request().method() === "PATCH";
      if (isPiece) pieces++;
      return pieces > 2 ? route.abort() : route.continue();
    });
    await page.locator("input[type=file]").setInputFiles(path);
    await page.getByText(/Waiting for the connection\. .* are safe/).waitFor({ timeout: 30_000 });
    await page.close();

    const again = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const offsets: number[] = [];
    again.on("request", (request) => {
      if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
    });
    await again.goto(`${origin}/data/import`);
    await again.getByText("“large.csv” has not arrived whole").waitFor();
    await again.locator("input[type=file]").setInputFiles(path);
    await again.getByText("Ready to import").first().waitFor({ timeout: 60_000 });
    assert.ok(offsets[0]! >= 2 ** 20, `went on at ${offsets[0]}`);
    const { imports } = await (await app.fetch("/api/imports")).json();
    assert.deepEqual([imports.length, imports[0].bytes, imports[0].counts.read], [1, size, 120_000]);
    await again.close();
  });
});

browserTest(
  "the page of a workbook shows each sheet's rows as they stand, with their numbers, in any width",
  async (browser) => {
    await withPage(browser, async (page, app, origin) => {
      const book = makeWorkbook([
        { name: "Ads", rows: [["Campaign report"], [], ["Date", "Campaign", "Cost"], ["2026-02-03", "Brand", "1.5"]] },
        { name: "Shop", rows: [["Date", "Orders", "Revenue"], ["2026-02-03", "2", "20.5"]] },
      ]);
      const path = `${app.directory}/both.xlsx`;
      await Deno.writeFile(path, book);
      await page.goto(`${origin}/data/import`);
      assert.equal(await page.getByLabel("What kind of data").inputValue(), "");
      await page.getByLabel("Files to import").setInputFiles(path);
      await page.waitForURL(/\/data\/imports\//);
      const sheet = page.getByRole("region", { name: "First lines of Ads" });
      await sheet.waitFor({ timeout: 30_000 });
      assert.deepEqual((await sheet.locator(".file-line").allTextContents()).map((line) => line.trimEnd()), [
        "1Campaign report",
        "3Date\tCampaign\tCost",
        "42026-02-03\tBrand\t1.5",
      ]);
      assert.equal(await sheet.locator(".file-line--header").textContent(), "3Date\tCampaign\tCost\n");
      await page.getByRole("region", { name: "First lines of Shop" }).waitFor();
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(beyond <= 0, `nothing reaches beyond ${width} pixels`);
        const shots = Deno.env.get("SHOTS");
        if (shots) await page.screenshot({ path: `${shots}/import_${width}.png`, fullPage: true });
      }
    });
  },
);

browserTest("[browser] files dropped on a dashboard tell by themselves where they belong", async (browser) => {
  await withPage(browser, async (page, app, origin) => {
    const body = JSON.stringify(demoDashboard());
    const headers = { "content-type": "application/json" };
    assert.equal((await app.fetch("/api/dashboards", { method: "POST", headers, body })).status, 201);
    await page.goto(`${origin}/dashboards/marketing-overview`);
    await page.locator(".drop-corner").waitFor({ state: "attached" });
    const dropped = await page.evaluateHandle(([ads, orders]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([ads!], "brand.csv", { type: "text/csv" }));
      transfer.items.add(new File([orders!], "orders.csv", { type: "text/csv" }));
      return transfer;
    }, [csvOf("Brand"), "Day,Orders,Net sales,Total sales\n2026-02-13,2,20.50,21.00\n2026-02-14,3,30.25,31.00\n"]);
    await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
    await page.getByText("Drop to import", { exact: true }).waitFor();
    await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
    await page.getByText(/Into Ads: 3 rows/).waitFor({ timeout: 30_000 });
    await page.getByText(/Into Orders: 2 rows|One question|questions/).waitFor({ timeout: 30_000 });
    assert.equal(await rowsOf(app), 3);
  });
});
