import assert from "node:assert/strict";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { testWidget } from "@/tests/contracts/widget.ts";
import type { DateRange } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import widget from "./mod.ts";
import type { DateFilterOptions } from "./options.ts";
import View from "./View.tsx";

testWidget({
  widget,
  options: [{}, { presets: ["last-90-day", "this-quarter"], custom: false }, { presets: [], compare: false }],
});

function drawn(options: Record<string, unknown>, range: DateRange): string {
  const parsed = widget.parse(options, 1);
  assert.ok(parsed.ok);
  const page = { range, compare: "previous-year" as const, days: { from: "2026-01-01", to: "2026-01-28" } };
  const props = { title: "", options: parsed.options, results: {}, locale: "en-GB", colors: {}, page };
  return renderToString(
    h(View, { ...props, size: { columns: 3, rows: 4, narrow: false } } as WidgetProps<DateFilterOptions>),
  );
}

Deno.test("date-filter: shows the page's days and comparison as they stand", () => {
  const html = drawn({}, { last: 28, unit: "day" });
  assert.match(html, /1 Jan – 28 Jan 2026/);
  assert.deepEqual(html.match(/aria-pressed="true"[^>]*>[^<]+/g)?.map((one) => one.split(">")[1]), ["Last 28 days"]);
  assert.match(html, /<option(?= [^>]*selected)[^>]*value="previous-year"/);
  assert.match(html, /type="date"[^>]*value="2026-01-01"/);
});

Deno.test("date-filter: offers what its options say", () => {
  const html = drawn({ presets: ["this-quarter"], custom: false, compare: false }, { all: true });
  assert.deepEqual(html.match(/days__preset"/g)?.length, 1);
  assert.match(html, /This quarter/);
  assert.doesNotMatch(html, /type="date"|<select/);
  const refused = widget.parse({ presets: ["last-3-moons"] }, 1);
  assert.equal(refused.ok, false);
});
