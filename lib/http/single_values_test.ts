import assert from "node:assert/strict";
import { singleValues } from "./single_values.ts";

Deno.test("singleValues() answers each parameter with its value, whatever it is called", () => {
  const values = singleValues(new URLSearchParams("a=1&__proto__=2&constructor=3&empty="));
  assert.deepEqual(Object.entries(values), [["a", "1"], ["__proto__", "2"], ["constructor", "3"], ["empty", ""]]);
});

Deno.test("singleValues() refuses lists and repetitions", () => {
  for (const search of ["a=1&a=2", "a[]=1", "a[b]=1", "a=1&a=1"]) {
    assert.throws(() => singleValues(new URLSearchParams(search)), { name: "InputError", status: 400 }, search);
  }
});
