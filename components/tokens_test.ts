import assert from "node:assert/strict";

Deno.test("tokens.css gives the same dark values by choice and by system setting", async () => {
  const css = await Deno.readTextFile(new URL("../static/tokens.css", import.meta.url));
  const block = (selector: string) => {
    const start = css.indexOf("{", css.indexOf(selector)) + 1;
    return css.slice(start, css.indexOf("}", start)).match(/[\w-]+:[^;]+(?=;)/g);
  };
  const chosen = block(':root[data-theme="dark"]');
  assert.ok(chosen && chosen.length > 30, "the dark block holds the tokens");
  assert.deepEqual(block(':root:not([data-theme="light"])'), chosen);
});
