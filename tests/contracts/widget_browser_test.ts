/** Widgets in a real browser: the server's picture, the canvas that takes over, legend, tooltip, table, theme. */
import assert from "node:assert/strict";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Browser, Page } from "playwright-core";
import { openPictures } from "@/lib/pictures/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { browserTest } from "@/tests/browser/chromium.ts";
import { loadView } from "@/widgets/loaded_views.ts";
import { widgets } from "@/widgets/mod.ts";
import { anomaliesAnswer } from "./anomaly_answers.ts";
import { tiersAnswer } from "./tier_answers.ts";
import { answer } from "./widget_answers.ts";
import { type PageTile, WidgetPage } from "./widget_page.tsx";

const ROOT = new URL("../../", import.meta.url);
/** What the product's pages allow, styles in attributes left out. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'";
const SHOWN: [string, Record<string, unknown>][] = [
  ["kpi", { metric: "spend" }],
  ["line", { metric: "spend", metrics: ["conversion_value"] }],
  ["bar", { metric: "spend", dimension: "platform", grain: "week" }],
  ["donut", { metric: "clicks" }],
  ["table", { metric: "spend", metrics: ["clicks", "roas"] }],
  ["leaderboard", { metric: "spend" }],
  ["anomaly-timeline", { aside: true }],
  ["campaign-tiers", {}],
  ["date-filter", {}],
  ["text", { text: "Spend was **{{spend}}** ({{spend:compare}})." }],
];

browserTest("widgets: the browser takes over what the server drew, and stays usable", async (browser, t) => {
  const folder = await Deno.makeTempDir();
  const server = await serve(folder);
  try {
    const { page, problems } = await open(browser, server.origin);

    await t.step("the first paint holds every chart, before any script", async () => {
      const plain = await browser.newPage({ javaScriptEnabled: false });
      await plain.goto(server.origin);
      assert.equal(await plain.locator(".chart__picture svg text").count() > 10, true);
      const box = await plain.locator("#tile-1 .chart__svg").boundingBox();
      assert.ok(box && box.width > 300 && box.height > 100);
      await plain.close();
    });
    await t.step("a canvas stands where the picture stood", async () => {
      await page.locator("#tile-1 canvas").waitFor();
      assert.equal(await page.locator("#tile-1 .chart__picture svg").count(), 0);
      assert.equal(await inked(page, "#tile-1 canvas"), true);
    });
    await t.step("a click on the legend hides, Alt-click isolates, another brings all back", async () => {
      const entries = page.locator("#tile-1 .legend__entry");
      const pressed = () => entries.evaluateAll((all) => all.map((entry) => entry.getAttribute("aria-pressed")));
      await entries.nth(0).click();
      assert.deepEqual((await pressed()).slice(0, 2), ["false", "true"]);
      await entries.nth(0).click();
      await entries.nth(0).click({ modifiers: ["Alt"] });
      assert.deepEqual((await pressed()).filter((state) => state === "true").length, 1);
      await entries.nth(0).press("Alt+Enter");
      assert.equal((await pressed()).every((state) => state === "true"), true);
    });
    await t.step("the tooltip is a small table sorted by value, and other charts mark the same day", async () => {
      const before = await pixels(page, "#tile-2 canvas");
      await page.locator("#tile-1 .chart__plot").hover({ position: { x: 200, y: 80 } });
      const tooltip = page.locator("#tile-1 .chart__tooltip");
      await tooltip.waitFor({ state: "visible" });
      const values = await tooltip.locator("td:nth-child(3)").allTextContents();
      const numbers = values.map((text) => Number(text.replace(/[^\d.]/g, "")));
      assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
      await page.waitForTimeout(100);
      assert.notEqual(await pixels(page, "#tile-2 canvas"), before);
      await page.mouse.move(0, 0);
      await tooltip.waitFor({ state: "hidden" });
    });
    await t.step("a table is sorted by click and by keyboard", async () => {
      const first = () => page.locator("#tile-4 tbody th").first().textContent();
      const largest = await first();
      const head = page.locator("#tile-4 thead button", { hasText: "Spend" });
      await head.click();
      assert.notEqual(await first(), largest);
      await head.press("Enter");
      assert.equal(await first(), largest);
      assert.equal(await page.locator('#tile-4 th[aria-sort="descending"]').count(), 1);
    });
    await t.step("charts follow the theme", async () => {
      const light = await pixels(page, "#tile-1 canvas");
      await page.evaluate(() => document.documentElement.dataset.theme = "dark");
      await page.waitForTimeout(200);
      assert.notEqual(await pixels(page, "#tile-1 canvas"), light);
    });
    await t.step("new data moves into place: number and chart", async () => {
      const before = await pixels(page, "#tile-1 canvas");
      await page.locator("#grow").click();
      await page.locator("#tile-0 .kpi__value", { hasText: "€833.3k" }).waitFor();
      await page.waitForTimeout(300);
      assert.notEqual(await pixels(page, "#tile-1 canvas"), before);
    });
    await t.step("a chart out of sight is drawn when it comes near", async () => {
      await page.locator("#tile-6").scrollIntoViewIfNeeded();
      await page.locator("#tile-6 canvas").waitFor();
      assert.equal(await inked(page, "#tile-6 canvas"), true);
    });
    await t.step("axe finds nothing, in dark and in light", async () => {
      for (const theme of ["dark", "light"]) {
        await page.evaluate((name) => document.documentElement.dataset.theme = name, theme);
        assert.deepEqual(await axe(page), []);
      }
    });
    await t.step("nothing broke the content policy or a script", () => assert.deepEqual(problems, []));
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
});

/** A server of one page with every widget on it. */
async function serve(folder: string): Promise<{ origin: string; close(): Promise<void> }> {
  const bundle = await Deno.bundle({
    entrypoints: [new URL("widget_page.tsx", import.meta.url).pathname],
    outputDir: folder,
    platform: "browser",
    codeSplitting: true,
    minify: true,
  });
  assert.ok(bundle.success, JSON.stringify(bundle.errors));
  const html = await pageHtml();
  const files: Record<string, URL> = Object.fromEntries(
    ["tokens.css", "app.css", "widgets.css"].map((name) => [`/${name}`, new URL(`static/${name}`, ROOT)]),
  );
  const types: Record<string, string> = { css: "text/css", js: "text/javascript", woff2: "font/woff2" };
  const server = Deno.serve({ port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") {
      return new Response(html, { headers: { "content-type": "text/html", "content-security-policy": POLICY } });
    }
    if (pathname === "/page.css") {
      return new Response(".tile { height: 336px; margin: 16px; }", { headers: { "content-type": "text/css" } });
    }
    const file = files[pathname] ??
      (pathname.startsWith("/fonts/")
        ? new URL(`static${pathname}`, ROOT)
        : new URL(`file://${folder}${pathname.replace(/^\/js/, "")}`));
    const type = types[pathname.split(".").at(-1) ?? ""] ?? "text/plain";
    try {
      return new Response(await Deno.readFile(file), { headers: { "content-type": type } });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new Response("not found", { status: 404 });
      throw error;
    }
  });
  return { origin: `http://localhost:${server.addr.port}/`, close: () => server.shutdown() };
}

async function pageHtml(): Promise<string> {
  const pictures = openPictures({ deadline: 60_000 });
  const drawn: PageTile[] = [];
  for (const [kind, options] of SHOWN) {
    const widget = widgets.find(({ manifest }) => manifest.kind === kind);
    assert.ok(widget, kind);
    await loadView(kind);
    const parsed = widget.parse(options, 1);
    assert.ok(parsed.ok);
    const questions = Object.entries(widget.queries(parsed.options));
    const results = Object.fromEntries(
      questions.flatMap(([name, one]) => one.kind === "metric" ? [[name, answer(one.query, { compare: true })]] : []),
    );
    const anomalies = Object.fromEntries(
      questions.flatMap(([name, one]) => one.kind === "anomalies" ? [[name, anomaliesAnswer(one.query)]] : []),
    );
    const props: WidgetProps<unknown> = {
      title: "",
      options: parsed.options,
      results,
      anomalies,
      tiers: kind === "campaign-tiers" ? { main: tiersAnswer() } : undefined,
      result: Object.values(results)[0]!,
      locale: "en-GB",
      size: { columns: 8, rows: 4, narrow: false },
      colors: { google_ads: 1, meta: 2 },
    };
    const spec = widget.chart(props);
    const picture = spec ? await pictures.draw(spec, { width: 700, height: 240 }, "en-GB") ?? undefined : undefined;
    drawn.push({ kind, props: { ...props, picture } });
  }
  await pictures.close();
  const body = renderToString(h(WidgetPage, { tiles: drawn }));
  // In the browser the pictures stand in the page already.
  const tiles = drawn.map(({ kind, props }) => ({ kind, props: { ...props, picture: undefined } }));
  const data = JSON.stringify({ tiles }).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="en" data-theme="light"><head><title>Widgets</title>` +
    ["tokens", "app", "widgets", "page"].map((name) => `<link rel="stylesheet" href="/${name}.css">`).join("") +
    `</head><body><main><h1>Widgets</h1><div id="root">${body}</div></main>` +
    `<script type="application/json" id="data">${data}</script>` +
    `<script type="module" src="/js/widget_page.js"></script></body></html>`;
}

async function open(browser: Browser, origin: string): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404")) problems.push(message.text());
  });
  await page.goto(origin);
  await page.locator("html[data-ready]").waitFor();
  return { page, problems };
}

/** The canvas as one string: equal pictures, equal strings. */
function pixels(page: Page, selector: string): Promise<string> {
  return page.locator(selector).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

function inked(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return data.some((value) => value !== 0);
  });
}

async function axe(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy forbids scripts from elsewhere.
  const source = await Deno.readTextFile(new URL(import.meta.resolve("axe-core")));
  await page.evaluate(source);
  return await page.evaluate(async () => {
    const run =
      (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; help: string }[] }> } }).axe;
    return (await run.run()).violations.map(({ id, help }) => `${id}: ${help}`);
  });
}
