import assert from "node:assert/strict";
import { SvgContext } from "./svg_context.ts";

const metrics = { width: 10, fontBoundingBoxAscent: 9, fontBoundingBoxDescent: 3 } as TextMetrics;
const context = () =>
  new SvgContext({}, () => metrics, (role, color, alpha) => alpha > 0 ? ` ${role}="${color}"` : "", "c");

Deno.test("SvgContext writes paths in tenths of a pixel, moved by its transforms", () => {
  const c = context();
  c.save();
  c.translate(10, 20);
  c.beginPath();
  c.moveTo(0, 0);
  c.lineTo(5.04, 0);
  c.lineTo(5.04, 7.26);
  c.closePath();
  c.fill();
  c.restore();
  c.fillRect(0, 0, 2, 2);
  assert.equal(
    c.elements(),
    '<path fill="#000000" d="M10 20h5v7.3ZM0 0h2v2h-2Z"/>',
  );
});

Deno.test("SvgContext never lets rounding add up along a line", () => {
  const c = context();
  c.beginPath();
  c.moveTo(0, 0);
  for (let step = 1; step <= 300; step++) c.lineTo(step * 0.333, 1);
  c.stroke();
  const steps = c.elements().match(/h([\d.]+)/g)?.map((step) => Number(step.slice(1))) ?? [];
  const first = Number(c.elements().match(/l([\d.]+)/)?.[1]);
  assert.ok(Math.abs(first + steps.reduce((sum, step) => sum + step, 0) - 99.9) < 0.05);
});

Deno.test("SvgContext leaves out what is no point, as canvases do", () => {
  const c = context();
  c.beginPath();
  c.moveTo(NaN, 1);
  c.lineTo(1, Infinity);
  c.arc(NaN, 0, 1, 0, 1);
  c.stroke();
  assert.equal(c.elements(), "");
});

Deno.test("SvgContext draws a whole turn, which one SVG arc cannot say", () => {
  const c = context();
  c.beginPath();
  c.arc(10, 10, 5, 0, Math.PI * 2);
  c.fill();
  assert.equal(c.elements().match(/a5 5/g)?.length, 2);
});

Deno.test("SvgContext writes text as text, anchored and escaped, its line where the canvas has it", () => {
  const c = context();
  c.font = "600 20px Inter";
  c.textAlign = "right";
  c.textBaseline = "middle";
  c.fillText("<a> & b", 50, 30);
  assert.equal(
    c.elements(),
    '<text x="50" y="33" fill="#000000" text-anchor="end" font-size="20" font-weight="600">&lt;a&gt; &amp; b</text>',
  );
});

Deno.test("SvgContext defines only the clips that something uses", () => {
  const c = context();
  c.save();
  c.beginPath();
  c.rect(0, 0, 5, 5);
  c.clip();
  c.restore();
  c.save();
  c.beginPath();
  c.rect(0, 0, 9, 9);
  c.clip();
  c.fillRect(1, 1, 2, 2);
  c.restore();
  assert.equal(c.elements().match(/<clipPath/g)?.length, 1);
  assert.match(c.elements(), /clip-path="url\(#c2\)"/);
});
