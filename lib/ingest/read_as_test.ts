import assert from "node:assert/strict";
import { readNumberAs } from "./read_as.ts";

Deno.test("readNumberAs() shows a number as it would be read, with the zeros that it leaves out", () => {
  const dot = ["1,234.5", "€ 12.30", "1.2K", "$3.45M", "1.2345K", "5万円", "12 Kč", "-2k"];
  assert.deepEqual(
    dot.map((cell) => readNumberAs(cell, ".").replaceAll("\u202f", " ")),
    ["1 234.5", "12.30", "1 200", "3 450 000", "1 234.5", "50 000", "12", "-2 000"],
  );
  const comma = ["1.234,5", "3,4 Mio. €", "1,234K"];
  assert.deepEqual(
    comma.map((cell) => readNumberAs(cell, ",").replaceAll("\u202f", " ")),
    ["1 234.5", "3 400 000", "1 234"],
  );
});
