import assert from "node:assert/strict";
import { placeSchema } from "@/lib/model/mod.ts";

const css = await Deno.readTextFile(new URL("../../static/grid.css", import.meta.url));

Deno.test("grid.css has a class for every place that the schema allows, and for no other", () => {
  for (const side of ["x", "y", "w", "h"] as const) {
    const numbers = new Set([...css.matchAll(new RegExp(`\\.${side}-(\\d+)\\b`, "g"))].map(([, n]) => Number(n)));
    const field = placeSchema.shape[side];
    for (const n of numbers) assert.ok(field.safeParse(n).success, `${side}-${n} can be stored`);
    for (let n = 0; n <= 300; n++) {
      if (field.safeParse(n).success) assert.ok(numbers.has(n), `grid.css has .${side}-${n}`);
    }
  }
});
