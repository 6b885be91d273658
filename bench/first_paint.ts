/** What a dashboard's first paint waits for, and whether its numbers are there without any script. */
import type { Browser } from "playwright-core";
import type { Figure } from "./report.ts";

/** Asks a page for its first paint, and once more with JavaScript switched off. */
export async function measureFirstPaint(browser: Browser, url: string, area: string): Promise<Figure[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const plain = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    javaScriptEnabled: false,
  });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "load" });
    const seen = await page.evaluate(async () => {
      const paint = await new Promise<number>((done) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName("first-contentful-paint")[0];
          if (entry) done(entry.startTime);
        }).observe({ type: "paint", buffered: true });
      });
      const before = (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter((entry) => entry.startTime < paint);
      const isStyle = ({ name }: PerformanceResourceTiming) => new URL(name).pathname.endsWith(".css");
      const blocks = (entry: PerformanceResourceTiming) =>
        (entry as PerformanceResourceTiming & { renderBlockingStatus: string }).renderBlockingStatus === "blocking";
      return {
        paint,
        // What a script asks for, and whatever else the browser holds the first paint back for.
        waitedFor: before.filter((entry) =>
          !isStyle(entry) && (blocks(entry) || ["fetch", "xmlhttprequest", "other"].includes(entry.initiatorType))
        ).map(({ name }) => name),
      };
    });
    const tiles = ".grid > .tile";
    const count = await page.locator(tiles).count();
    const still = await plain.newPage();
    await still.goto(url);
    // A tile stands there where it shows a number, and a picture where it is a chart.
    const standing = await still.locator(tiles).evaluateAll((all) =>
      all.filter((tile) =>
        /\d/.test(tile.textContent ?? "") &&
        [...tile.querySelectorAll(".chart__plot")].every((plot) => plot.querySelector("svg"))
      ).length
    );
    return [
      {
        area,
        name: "requests that the first paint waits for",
        value: seen.waitedFor.length,
        unit: "requests",
        goal: 0,
        pass: 0,
        better: "less",
        note: `beyond document and style sheets; painted after ${Math.round(seen.paint)} ms`,
      },
      {
        area,
        name: "tiles with numbers, JavaScript off",
        value: standing,
        unit: "tiles",
        goal: count,
        pass: count,
        better: "more",
        note: `of ${count}`,
      },
    ];
  } finally {
    await context.close();
    await plain.close();
  }
}
