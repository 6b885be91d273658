import assert from "node:assert/strict";
import { importsOf, type PageScripts, pageScripts } from "./page_scripts.ts";

Deno.test("importsOf() tells static imports from later ones, minified or not", () => {
  const code =
    `import{a as b}from"./chunk-A.js";import"./side.js";export{c}from'../d.js';const v=()=>import("./later.js");` +
    `import * as e from "/abs.js";\nimport f, { g } from "./h.js";var s="import x from 'no'";`;
  assert.deepEqual(importsOf(code), {
    now: ["./chunk-A.js", "./side.js", "../d.js", "/abs.js", "./h.js"],
    later: ["./later.js"],
  });
});

Deno.test("pageScripts() follows imports once, and counts what comes later apart, and data too", async () => {
  const answers = Array.from({ length: 4_000 }, (_, at) => `{\\"rows\\":${at * 7_919 % 10_007}}`).join();
  const small = await scriptsWith("[1]");
  const large = await scriptsWith(answers);
  assert.equal(large.first, small.first, "code is the same whatever the page shows");
  assert.ok(small.data < 100 && large.data > 5_000, `${small.data}, ${large.data}`);
  const { first, later, files } = small;
  const names = (isLater: boolean) => files.filter((file) => file.later === isLater).map(({ url }) => url.slice(12));
  assert.deepEqual(names(false), ["a.js", "boot.js", "shared.js"]);
  assert.deepEqual(names(true), ["chart.js"]);
  assert.ok(first > later && later > 0);
});

async function scriptsWith(data: string): Promise<PageScripts> {
  const pages: Record<string, string> = {
    "http://x/page": `<link rel="modulepreload" href="/js/a.js"><script type="module" src="/js/a.js"></script>` +
      `<script type="module">import { boot } from "/js/boot.js"; boot({A,B},"${data}");</script>` +
      `<script type="application/json">import "/js/not.js"</script>`,
    "http://x/js/a.js": `import "./shared.js"; const chart = () => import("./chart.js");`,
    "http://x/js/boot.js": `import "./shared.js"; export const boot = () => {};`,
    "http://x/js/shared.js": "export const shared = 1;",
    "http://x/js/chart.js": `import "./shared.js"; export const chart = 1;`,
  };
  return await pageScripts("http://x/page", (url) => {
    const text = pages[url];
    return text === undefined ? Promise.reject(new Error(`asked for ${url}`)) : Promise.resolve(text);
  });
}
