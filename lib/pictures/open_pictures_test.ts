import assert from "node:assert/strict";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import { openPictures } from "./open_pictures.ts";

const size = { width: 600, height: 240 };
const days = Array.from(
  { length: 28 },
  (_, index) => new Date(Date.UTC(2026, 9, 26 + index)).toISOString().slice(0, 10),
);
const line: ChartSpec = {
  type: "cartesian",
  labels: days,
  time: "day",
  currency: "EUR",
  provisional: [27],
  series: [{
    name: "Spend",
    kind: "line",
    color: 1,
    format: "currency",
    values: days.map((_, index) => index === 9 ? null : 1_000 + 300 * Math.sin(index)),
  }],
};

Deno.test("openPictures() draws a small SVG in the page's own colours, and the same one again", async () => {
  const pictures = openPictures({ deadline: 60_000 });
  try {
    const svg = await pictures.draw(line, size, "en-GB");
    assert.ok(svg, "a picture was drawn");
    assert.match(svg, /^<svg [^>]*viewBox="0 0 600 240"/);
    assert.match(svg, /stroke="var\(--series-1\)"/);
    assert.match(svg, />€1.5k</);
    assert.match(svg, /text-anchor="middle"/);
    assert.doesNotMatch(svg, /style=|#[0-9a-f]{6}|rgb\(|<script/);
    assert.ok(svg.length < 12_000, `${svg.length} characters`);
    assert.equal(await pictures.draw(line, size, "en-GB"), svg);
  } finally {
    await pictures.close();
  }
});

Deno.test("openPictures() writes labels as text, whatever they hold", async () => {
  const pictures = openPictures({ deadline: 60_000 });
  try {
    const spec: ChartSpec = {
      type: "cartesian",
      horizontal: true,
      labels: ["<img onerror>", 'a "b" & c'],
      currency: null,
      series: [{ name: "x", kind: "bar", color: 2, format: "integer", values: [1, 2] }],
    };
    const svg = await pictures.draw(spec, size, "de-DE");
    assert.match(svg ?? "", /&lt;img onerror&gt;/);
    assert.doesNotMatch(svg ?? "", /<img/);
  } finally {
    await pictures.close();
  }
});

Deno.test("openPictures() answers null for what cannot be drawn or comes too late, and goes on", async () => {
  const told: string[] = [];
  const pictures = openPictures({ deadline: 60_000, onError: (message) => told.push(message) });
  try {
    const broken = { ...line, series: null } as unknown as ChartSpec;
    assert.equal(await pictures.draw(broken, size, "en-GB"), null);
    assert.match(told[0] ?? "", /^Cannot draw a chart: /);
    assert.ok(await pictures.draw(line, size, "en-GB"));
  } finally {
    await pictures.close();
  }
  const hasty = openPictures({ deadline: 0 });
  try {
    assert.equal(await hasty.draw(line, size, "en-GB"), null);
  } finally {
    await hasty.close();
  }
  assert.equal(await hasty.draw(line, size, "en-GB"), null);
});
