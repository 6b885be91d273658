/** Choosing in one tile what the others show, opening it, and the way back: by pointer, by keyboard, and by the address. */
import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { startTestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

const tile = (id: string, widget: string, place: number[], options: Record<string, unknown>) => ({
  id,
  widget,
  title: `Tile ${id}`,
  options: { metric: "spend", ...options },
  place: { x: place[0], y: place[1], w: place[2], h: place[3] },
});
const dashboard = {
  id: "choosing",
  title: "Choosing",
  defaults: { range: { from: "2026-01-01", to: "2026-02-28" }, compare: "none", values: {} },
  placements: [
    tile("sum", "kpi", [0, 0, 3, 2], {}),
    tile("platforms", "bar", [3, 0, 5, 4], { dimension: "platform" }),
    tile("months", "bar", [8, 0, 4, 4], {}),
    tile("countries", "donut", [0, 4, 4, 4], { dimension: "country" }),
    tile("days", "line", [4, 4, 4, 4], { dimension: "platform", grain: "day" }),
    tile("best", "leaderboard", [8, 4, 4, 4], { dimension: "platform" }),
    tile("ticks", "filter-list", [0, 2, 3, 2], { dimension: "platform" }),
    tile("rows", "table", [0, 8, 12, 4], { dimensions: ["platform", "country"] }),
    tile("both", "combo", [0, 12, 4, 4], { grain: "month" }),
    tile("ring", "donut", [4, 12, 4, 4], { dimension: "platform" }),
    tile("ahead", "forecast-line", [8, 12, 4, 4], {}),
  ],
};

/** Google Ads 100 a day in two ads of two campaigns, Meta 10 a day in one: 59 days. */
function exported(): string {
  const rows = Array.from({ length: 59 }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    return [
      `${date},google_ads,A,Brand,Core,Red,DE,EUR,70`,
      `${date},google_ads,A,Generic,Wide,Blue,AT,EUR,30`,
      `${date},meta_ads,B,Prospecting,All,Green,DE,EUR,10`,
    ];
  });
  return ["date,platform,account,campaign,ad_group,ad,country,currency,spend", ...rows.flat()].join("\n");
}

async function withDashboard(browser: Browser, work: (page: Page, origin: string) => Promise<void>): Promise<void> {
  const app = await startTestApp();
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  const headers = { "content-type": "application/json" };
  try {
    const made = await app.fetch("/api/dashboards", { method: "POST", headers, body: JSON.stringify(dashboard) });
    assert.equal(made.status, 201);
    const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: exported() });
    const { id } = await sent.json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((done) => setTimeout(done, 50));
    }
    await work(page, app.listen());
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
  }
}

/** At the end of the page the bar of chips lies under everything instead of over it. */
const toEnd = (page: Page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight));
const view = (page: Page, id: string): Locator => page.locator(`#view-${id}`);
const sum = async (page: Page, text: string) => await view(page, "sum").getByText(text, { exact: true }).waitFor();
const chips = (page: Page) => page.locator(".selection__chip");
/** The table that tells a tile's values to screen readers, as it is when it says this: it follows the picture. */
const told = (page: Page, id: string, hasText: RegExp) =>
  view(page, id).locator(".visually-hidden table").filter({ hasText }).waitFor();
const untold = (page: Page, id: string, hasNotText: RegExp) =>
  view(page, id).locator(".visually-hidden table").filter({ hasNotText }).waitFor();

/** Clicks a bar near its foot: the bar of one of so many labels. */
async function clickBar(page: Page, id: string, label: number, of: number, modifiers: ("Shift" | "Alt")[] = []) {
  const canvas = view(page, id).locator("canvas");
  await canvas.waitFor();
  const { width, height } = (await canvas.boundingBox())!;
  const axis = 60;
  await canvas.click({ position: { x: axis + (width - axis) * (label + 0.5) / of, y: height - 34 }, modifiers });
}

browserTest(
  "[browser] a click on a bar filters the other tiles, Shift adds, chips take it back, and so does Back",
  async (browser) => {
    await withDashboard(browser, async (page, origin) => {
      await page.goto(`${origin}/dashboards/choosing`);
      await sum(page, "€6,490");
      await clickBar(page, "platforms", 1, 2);
      await sum(page, "€590");
      await told(page, "platforms", /Google Ads.+5,900.+Meta.+590/); // the tile itself still shows all
      await untold(page, "countries", /Austria/);
      assert.deepEqual(await chips(page).allInnerTexts(), ["Platform Meta\nOpen by campaign\n×"]);
      assert.deepEqual(new URL(page.url()).searchParams.getAll("select"), ["platforms*platform*meta_ads"]);
      await clickBar(page, "platforms", 0, 2, ["Shift"]);
      await sum(page, "€6,490");
      assert.equal(await chips(page).count(), 2);
      await photograph(page, "selection", toEnd);
      await page.goBack();
      await sum(page, "€590");
      await page.goBack();
      await sum(page, "€6,490");
      assert.equal(await chips(page).count(), 0);
      await page.goForward();
      await sum(page, "€590");

      // Days from another tile hold besides, and a chip takes one back.
      await clickBar(page, "months", 0, 2);
      await sum(page, "€310");
      await page.getByRole("link", { name: "Remove Platform Meta" }).click();
      await sum(page, "€3,410");
      await page.getByRole("link", { name: /Remove Days/ }).click();
      await sum(page, "€6,490");
    });
  },
);

browserTest(
  "[browser] months open into days, platforms into campaigns, ad groups and ads, and there is a way back",
  async (browser) => {
    await withDashboard(browser, async (page, origin) => {
      await page.goto(`${origin}/dashboards/choosing`);
      await sum(page, "€6,490");
      await clickBar(page, "platforms", 0, 2);
      await sum(page, "€5,900");
      await page.getByRole("link", { name: "Open by campaign" }).click();
      const platforms = page.locator(".tile", { has: page.locator("#view-platforms") });
      await platforms.getByText("Google Ads by campaign").waitFor();
      await page.waitForFunction(() =>
        document.querySelector("#view-platforms .visually-hidden table")?.textContent?.includes("Generic")
      );
      await untold(page, "platforms", /Prospecting|Meta/);
      await clickBar(page, "platforms", 0, 2, ["Alt"]);
      await platforms.getByText("Brand by ad group").waitFor();
      await sum(page, "€4,130");
      await clickBar(page, "platforms", 0, 1, ["Alt"]);
      await platforms.getByText("Core by ad", { exact: true }).waitFor();
      await page.waitForFunction(() =>
        document.querySelector("#view-platforms .visually-hidden table")?.textContent?.includes("Red")
      );
      await photograph(page, "drill", toEnd);

      // The same address shows the same page, drawn by the server.
      const copy = await page.context().newPage();
      await copy.goto(page.url());
      await copy.getByText("Core by ad", { exact: true }).waitFor();
      await sum(copy, "€4,130");
      await copy.close();

      await platforms.getByRole("link", { name: "Google Ads" }).click();
      await platforms.getByText("Google Ads by campaign").waitFor();
      await page.goBack();
      await platforms.getByText("Core by ad", { exact: true }).waitFor();
      await platforms.getByRole("link", { name: "All" }).click();
      await sum(page, "€5,900");
      await platforms.locator(".trail").waitFor({ state: "detached" });

      await clickBar(page, "months", 1, 2, ["Alt"]);
      await page.getByText("1 Feb – 28 Feb by day").waitFor();
      await page.waitForFunction(() =>
        document.querySelectorAll("#view-months .visually-hidden tbody tr").length === 28
      );
      await sum(page, "€2,800");
    });
  },
);

browserTest("[browser] by keyboard: charts are walked through with arrows, rows are buttons", async (browser) => {
  await withDashboard(browser, async (page, origin) => {
    await page.goto(`${origin}/dashboards/choosing`);
    // A list to tick stands for the filter bar, on the dashboard itself.
    await view(page, "ticks").getByRole("checkbox").first().waitFor();
    await view(page, "ticks").getByLabel("Meta").check();
    await sum(page, "€590");
    await view(page, "ticks").getByLabel("Google Ads").check();
    await page.waitForFunction(() => new URL(location.href).searchParams.getAll("select").length === 2);
    await view(page, "ticks").getByLabel("Google Ads").uncheck();
    await view(page, "ticks").getByLabel("Meta").uncheck();
    await page.locator(".selection").waitFor({ state: "detached" });

    await view(page, "countries").locator("canvas").waitFor();
    await page.getByRole("slider", { name: "Values of Tile countries" }).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(
      await page.getByRole("slider", { name: "Values of Tile countries" }).getAttribute("aria-valuetext"),
      "Austria: Spend €1,770.00",
    );
    await page.keyboard.press("Enter");
    await sum(page, "€1,770");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+Enter");
    await sum(page, "€6,490");
    await page.getByRole("link", { name: "Clear all" }).press("Enter");
    await page.locator(".selection").waitFor({ state: "detached" });

    // A chart by period and platform: up and down go through its lines.
    await view(page, "days").locator("canvas").waitFor();
    await page.getByRole("slider", { name: "Values of Tile days" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await sum(page, "€590");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await sum(page, "€110");
    await page.goBack();

    const row = view(page, "best").getByRole("button", { name: "Meta" });
    await row.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => new URL(location.href).searchParams.getAll("select").length === 2);
    assert.equal(await row.getAttribute("aria-pressed"), "true");
    await view(page, "rows").getByRole("button", { name: "Germany" }).first().click();
    await page.waitForFunction(() => new URL(location.href).searchParams.getAll("select").length === 3);
    await photograph(page, "selection-keys", toEnd);
  });
});

browserTest(
  "[browser] every widget is chosen in and opened by key, says its values, and has a way back",
  async (browser) => {
    await withDashboard(browser, async (page, origin) => {
      await page.goto(`${origin}/dashboards/choosing`);
      const tile = (id: string) => page.locator(".tile", { has: view(page, id) });
      const slider = (id: string) => page.getByRole("slider", { name: `Values of Tile ${id}` });
      const none = () => page.locator(".selection").waitFor({ state: "detached" });
      const back = async (id: string) => {
        await tile(id).getByRole("link", { name: "All" }).press("Enter");
        await tile(id).locator(".trail").waitFor({ state: "detached" });
        await page.locator(".selection__remove").first().press("Enter");
        await none();
      };
      for (const id of ["platforms", "months", "countries", "days", "both", "ring", "ahead"]) {
        await view(page, id).scrollIntoViewIfNeeded();
        await view(page, id).locator("canvas").waitFor();
        await told(page, id, /\d/);
      }

      // Bars and a line: a month alone, both, and February by its days.
      await slider("both").focus();
      await page.keyboard.press("End");
      assert.match((await slider("both").getAttribute("aria-valuetext"))!, /Feb.+Spend €3,080/);
      await page.keyboard.press("Enter");
      await sum(page, "€3,080");
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+Enter");
      await sum(page, "€6,490");
      await page.keyboard.press("Shift+Enter");
      await sum(page, "€3,080");
      await page.keyboard.press("End");
      await page.keyboard.press("Alt+Enter");
      await tile("both").getByText("1 Feb – 28 Feb by day").waitFor();
      await page.waitForFunction(() => document.querySelectorAll("#view-both .visually-hidden tbody tr").length === 28);
      await page.goBack();
      await tile("both").locator(".trail").waitFor({ state: "detached" });
      await page.goForward();
      await back("both");

      // A ring: a part of it, and what that consists of.
      await slider("ring").focus();
      await page.keyboard.press("End");
      await page.keyboard.press("Alt+Enter");
      await tile("ring").getByText("Meta by campaign").waitFor();
      await sum(page, "€590");
      await told(page, "ring", /Prospecting/);
      await back("ring");

      // A line of days and what is expected: a day that was.
      await slider("ahead").focus();
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      await sum(page, "€110");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+Enter");
      await sum(page, "€220");
      await page.getByRole("link", { name: "Clear all" }).press("Enter");
      await none();

      // Rows: down to the ads, and back.
      for (const id of ["best", "rows"]) {
        await view(page, id).getByRole("button", { name: "Google Ads" }).first().press("Alt+Enter");
        await tile(id).getByText("Google Ads by campaign").waitFor();
        await view(page, id).getByRole("button", { name: "Brand" }).first().press("Alt+Enter");
        await tile(id).getByText("Brand by ad group").waitFor();
        await view(page, id).getByRole("button", { name: "Core" }).first().press("Alt+Enter");
        await tile(id).getByText("Core by ad", { exact: true }).waitFor();
        await view(page, id).getByRole("button", { name: "Red" }).first().waitFor();
        await sum(page, "€4,130");
        await tile(id).getByRole("link", { name: "Google Ads" }).press("Enter");
        await tile(id).getByText("Google Ads by campaign").waitFor();
        await back(id);
        await sum(page, "€6,490");
      }
    });
  },
);
