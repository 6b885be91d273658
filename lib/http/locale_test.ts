import assert from "node:assert/strict";
import { readLocale } from "./locale.ts";

const asking = (language?: string) =>
  readLocale(new Request("http://localhost", { headers: language ? { "accept-language": language } : {} }));

Deno.test("readLocale() keeps English words and takes the reader's region", () => {
  assert.equal(asking("de-AT,de;q=0.9,en;q=0.5"), "en-AT");
  assert.equal(asking("de"), "en-DE");
  assert.equal(asking("en-US"), "en-US");
});

Deno.test("readLocale() answers British English where nothing usable is said", () => {
  for (const language of [undefined, "*", "not a language!", "es-419"]) assert.equal(asking(language), "en-GB");
});
