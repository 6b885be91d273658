import assert from "node:assert/strict";
import { CHART_TOKENS } from "./tokens.ts";

Deno.test("CHART_TOKENS equals static/tokens.css", async () => {
  const css = await Deno.readTextFile(new URL("../../static/tokens.css", import.meta.url));
  for (const [theme, selector] of [["light", ":root {"], ["dark", ':root[data-theme="dark"] {']] as const) {
    const start = css.indexOf(selector);
    const block = css.slice(start, css.indexOf("}", start));
    for (const [name, value] of Object.entries(CHART_TOKENS[theme])) {
      assert.equal(block.match(new RegExp(`--${name}: ([^;]+);`))?.[1], value, `--${name} in ${theme}`);
    }
  }
});
