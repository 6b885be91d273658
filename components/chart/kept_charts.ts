/**
 * Charts whose place on the page went a moment ago. Where the same chart appears elsewhere in that moment, as it does when
 * a page becomes its editor, it is moved there as it stands: a drawn chart costs ten times what moving it costs.
 */
import type { BrowserChart } from "./browser_chart.ts";

/** How long a chart without a place is kept, in milliseconds: until what comes in the place of the old is drawn. */
const KEPT = 1_000;

const kept = new Map<string, { chart: BrowserChart; end: ReturnType<typeof setTimeout> }>();

/** Keeps a chart for whoever shows the same; nobody did, and it is destroyed. */
export function keepChart(content: string, chart: BrowserChart): void {
  takeChart(content)?.destroy();
  kept.set(content, { chart, end: setTimeout(() => takeChart(content)?.destroy(), KEPT) });
}

/** The chart of this content that lost its place, if there is one: it belongs to the caller now. */
export function takeChart(content: string): BrowserChart | undefined {
  const found = kept.get(content);
  if (!found) return undefined;
  kept.delete(content);
  clearTimeout(found.end);
  return found.chart;
}
