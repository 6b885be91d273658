import assert from "node:assert/strict";
import { readLocale } from "./locale.ts";

Deno.test("readLocale() takes the wish with the most weight", () => {
  assert.equal(readLocale("de-AT,de;q=0.9,en;q=0.8"), "de-AT");
  assert.equal(readLocale("en;q=0.5, fr;q=0.9"), "fr");
});

Deno.test("readLocale() passes over what is no language", () => {
  assert.equal(readLocale("*"), "en-GB");
  assert.equal(readLocale(null), "en-GB");
  assert.equal(readLocale("a-b-c-d, <x>, de;q=0, xx-1-1, nl"), "nl");
});
