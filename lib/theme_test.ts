import assert from "node:assert/strict";
import { readTheme, themeCookie } from "./theme.ts";

Deno.test("readTheme() finds the choice among other cookies", () => {
  assert.equal(readTheme("a=1; theme=dark; b=2"), "dark");
  assert.equal(readTheme("theme=light"), "light");
});

Deno.test("readTheme() ignores what is no theme", () => {
  assert.equal(readTheme(null), undefined);
  assert.equal(readTheme("theme=; mytheme=dark"), undefined);
  assert.equal(readTheme('theme="><script>'), undefined);
});

Deno.test("themeCookie() keeps a choice for a year and forgets it at once", () => {
  assert.equal(themeCookie("dark"), "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax");
  assert.equal(themeCookie(undefined), "theme=; Path=/; Max-Age=0; SameSite=Lax");
});
