import assert from "node:assert/strict";
import { type Figure, passes, tableOf } from "./report.ts";

const figure: Figure = { area: "import", name: "against bare", value: 0.41, unit: "ratio", goal: 0.5, pass: 0.35 };

Deno.test("passes() compares in the figure's direction", () => {
  assert.equal(passes({ ...figure, better: "more" }), true);
  assert.equal(passes({ ...figure, value: 0.3, better: "more" }), false);
  assert.equal(passes({ ...figure, value: 1.5, pass: 1.3, better: "less" }), false);
  assert.equal(passes({ ...figure, pass: undefined }), null);
});

Deno.test("tableOf() shows value, goal, pass mark and verdict in a line", () => {
  const lines = tableOf([{ ...figure, better: "more" }, { area: "x", name: "y", value: 123456, unit: "rows/s" }]).split(
    "\n",
  );
  assert.match(lines[1] ?? "", /import\s+against bare\s+0\.41\s+≥ 0\.5\s+≥ 0\.35\s+passes/);
  assert.match(lines[2] ?? "", /123,456 rows\/s/);
});
