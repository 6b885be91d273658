import assert from "node:assert/strict";
import { withFormulas } from "./formulas.ts";

Deno.test("withFormulas() puts a tile's formulas in the place of their names, and leaves the others", () => {
  const half = { name: "half", formula: "spend / 2" };
  const asked = { name: "double", formula: "spend * 2" };
  assert.deepEqual(withFormulas(["spend", "half", asked], [half]), ["spend", { ...half, shadow: true }, asked]);
  assert.deepEqual(withFormulas(["half"]), ["half"]);
});
