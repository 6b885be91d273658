import assert from "node:assert/strict";
import { checkHouse } from "./check_house.ts";
import { formatFinding } from "./project.ts";

const REFUSED: [string, string, string, RegExp][] = [
  ["the environment outside of lib/config.ts", "lib/query/a.ts", 'Deno.env.get("PORT");', /add the setting/],
  ["an unfinished mark", "docs/a.md", "TODO: finish", /unfinished mark/],
  ["a machine's path", "lib/a.ts", 'const x = "/home/ann/x";', /path of one machine/],
  ["a word about making", "routes/a.ts", "// as issue 12 says", /how the project is made/],
  ["a plan's name", "docs/a.md", "See design.md 3", /how the project is made/],
  ["a switched-off type check", "lib/a.ts", "// @ts-ignore", /type check is switched off/],
  ["an unexplained lint exception", "lib/a.ts", "// deno-lint-ignore no-explicit-any", /without a reason/],
  ["a switched-off test", "lib/a_test.ts", 'Deno.test({ name: "x", ignore: true, fn() {} });', /switched off/],
  ["a focused test", "lib/a_test.ts", 'Deno.test.only("x", () => {});', /switches off all others/],
  ["output past the log", "lib/a.ts", 'console.log("x");', /services\.log/],
  ["an undocumented export", "lib/a.ts", "export function f() {}", /no description/],
  ["a long file", "islands/A.tsx", "//\n".repeat(401), /401 lines/],
];

for (const [what, file, text, pattern] of REFUSED) {
  Deno.test(`checkHouse() refuses ${what}`, () => {
    const findings = checkHouse(file, text).map(formatFinding);
    assert.equal(findings.length, 1, findings.join("\n"));
    assert.match(findings[0] ?? "", pattern);
    assert.match(findings[0] ?? "", new RegExp(`^${file.replace(".", "\\.")}:\\d+: .*To mend it: `));
  });
}

const ALLOWED: [string, string, string][] = [
  ["settings in lib/config.ts", "lib/config.ts", '/** x */\nexport const port = Deno.env.get("PORT");'],
  ["handing the environment on", "main.ts", "readConfig(Deno.env);"],
  ["settings in a test", "lib/a_test.ts", 'Deno.env.get("PORT");'],
  ["a lint exception with its reason", "lib/a.ts", "// deno-lint-ignore no-control-regex -- headers may hold them"],
  [
    "overloads under one description",
    "lib/a.ts",
    "/** x */\nexport function f(): 1;\nexport function f() {\n  return 1;\n}",
  ],
  ["constants under one description", "lib/a.ts", "/** x */\nexport const a = 1;\nexport const b = 2;"],
  ["a file of 400 lines", "islands/A.tsx", "//\n".repeat(400)],
  ["a route", "routes/a.ts", 'app.get("/workspaces/tmp/x");'],
];

for (const [what, file, text] of ALLOWED) {
  Deno.test(`checkHouse() lets ${what} pass`, () => {
    assert.deepEqual(checkHouse(file, text).map(formatFinding), []);
  });
}
