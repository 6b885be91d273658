import assert from "node:assert/strict";
import { join } from "node:path";
import { checkImports } from "./check_imports.ts";
import { formatFinding } from "./project.ts";
import { type ImportEdge, readImports } from "./read_imports.ts";

/** Findings for one file with one import. */
function check(file: string, target: string, options: Partial<ImportEdge> = {}): string[] {
  const own = /\.tsx?$/.test(target);
  const edge = { specifier: own ? `@/${target}` : target, target: own ? target : null, line: 3, typeOnly: false };
  return checkImports([{ file, imports: [{ ...edge, ...options }] }]).map(formatFinding);
}
const types = { typeOnly: true };

const ALLOWED: [string, string, Partial<ImportEdge>?][] = [
  ["lib/model/dataset.ts", "zod"],
  ["lib/widget/mod.ts", "lib/model/mod.ts"],
  ["plugins/meta_ads/mod.ts", "lib/source/mod.ts"],
  ["plugins/mod.ts", "plugins/meta_ads/mod.ts"],
  ["widgets/kpi/View.tsx", "lib/format/mod.ts"],
  ["widgets/kpi/View.tsx", "components/Tile.tsx"],
  ["widgets/mod.ts", "widgets/kpi/mod.ts"],
  ["lib/warehouse/duckdb.ts", "@duckdb/node-api"],
  ["lib/documents/_schema.ts", "node:sqlite", types],
  ["lib/mongo/mongo.ts", "mongodb"],
  ["lib/redis/redis.ts", "redis"],
  ["lib/files/mongo.ts", "lib/mongo/mongo.ts"],
  ["lib/events/redis.ts", "lib/redis/redis.ts"],
  ["lib/warehouse/_rows.ts", "mongodb", types],
  ["lib/query/run.ts", "lib/warehouse/mod.ts"],
  ["lib/open_services.ts", "lib/warehouse/duckdb.ts"],
  ["lib/ingest/recognise.ts", "lib/staging/cut_text.ts"],
  ["islands/Dashboard.tsx", "widgets/views.ts"],
  ["islands/Dashboard.tsx", "lib/query/run.ts", types],
  ["routes/index.tsx", "lib/query/run.ts"],
  ["routes/index.tsx", "islands/Dashboard.tsx"],
  ["main.ts", "widgets/mod.ts"],
  ["lib/query/run_test.ts", "widgets/mod.ts"],
  ["bench/query.ts", "@duckdb/node-api"],
];

for (const [file, target, options] of ALLOWED) {
  Deno.test(`checkImports() lets ${file} import ${options?.typeOnly ? "types of " : ""}${target}`, () => {
    assert.deepEqual(check(file, target, options), []);
  });
}

const REFUSED: [string, string, RegExp, Partial<ImportEdge>?][] = [
  ["lib/model/dataset.ts", "preact", /imports zod only/],
  ["lib/model/dataset.ts", "lib/query/run.ts", /imports zod only/, types],
  ["lib/format/money.ts", "lib/model/mod.ts", /imports zod only/],
  ["lib/widget/mod.ts", "lib/query/run.ts", /lib\/model only/],
  ["plugins/meta_ads/mod.ts", "plugins/google_ads/mod.ts", /never another plugin/],
  ["plugins/meta_ads/mod.ts", "lib/ingest/mod.ts", /a plugin imports/],
  ["widgets/kpi/View.tsx", "widgets/bar/View.tsx", /never another widget/],
  ["widgets/kpi/mod.ts", "lib/query/run.ts", /a widget imports/, types],
  ["lib/warehouse/mod.ts", "@duckdb/node-api", /named duckdb\.ts/],
  ["lib/ingest/stage.ts", "@duckdb/node-api", /named duckdb\.ts/],
  ["routes/index.tsx", "node:sqlite", /named sqlite\.ts/],
  ["lib/documents/mongo.ts", "mongodb", /only lib\/mongo\/mongo\.ts may/],
  ["lib/cache/redis.ts", "redis", /only lib\/redis\/redis\.ts may/],
  ["lib/mongo/mongo.ts", "lib/documents/mod.ts", /the door to an engine or a server/],
  ["lib/warehouse/duckdb.ts", "lib/query/run.ts", /a store imports/],
  ["lib/query/run.ts", "lib/warehouse/duckdb.ts", /lib\/open_services\.ts may choose/],
  ["lib/ingest/stage.ts", "lib/staging/duckdb.ts", /lib\/open_services\.ts may choose/],
  ["lib/query/run.ts", "widgets/mod.ts", /arrive in Services/],
  ["lib/query/run.ts", "plugins/mod.ts", /arrive in Services/, types],
  ["lib/open_services.ts", "plugins/mod.ts", /handed to them/],
  ["lib/query/run.ts", "components/Tile.tsx", /lib\/ only/],
  ["components/Tile.tsx", "lib/query/run.ts", /write `import type`/],
  ["islands/Dashboard.tsx", "lib/query/run.ts", /write `import type`/],
  ["islands/Dashboard.tsx", "widgets/kpi/View.tsx", /islands import/],
  ["routes/index.tsx", "widgets/mod.ts", /routes import/],
  ["lib/fresh/app.ts", "lib/model/mod.ts", /knows nothing/],
  ["lib/query/run.ts", "tests/contracts/cache.ts", /tests and tools only/],
];

for (const [file, target, pattern, options] of REFUSED) {
  Deno.test(`checkImports() refuses ${file} importing ${options?.typeOnly ? "types of " : ""}${target}`, () => {
    const findings = check(file, target, options);
    assert.equal(findings.length, 1, findings.join("\n"));
    assert.match(findings[0] ?? "", pattern);
    assert.ok(findings[0]?.startsWith(`${file}:3: `), findings[0]);
    assert.match(findings[0] ?? "", /To mend it: \S+/);
  });
}

Deno.test("checkImports() wants the alias across folders, and Fresh by its own name", () => {
  assert.match(
    check("lib/query/run.ts", "lib/model/mod.ts", { specifier: "../model/mod.ts" }).join(),
    /write "@\/lib\/model\/mod\.ts"/,
  );
  assert.deepEqual(check("lib/model/datasets/ads.ts", "lib/model/dataset.ts", { specifier: "../dataset.ts" }), []);
  assert.match(check("routes/index.tsx", "lib/fresh/mod.ts").join(), /import from "fresh"/);
});

Deno.test("checkImports() finds folders that import each other in a circle", () => {
  const edge = (target: string): ImportEdge => ({ specifier: `@/${target}`, target, line: 2, typeOnly: false });
  const findings = checkImports([
    { file: "lib/query/run.ts", imports: [edge("lib/rollup/mod.ts")] },
    { file: "lib/rollup/mod.ts", imports: [edge("lib/quality/mod.ts")] },
    { file: "lib/quality/mod.ts", imports: [edge("lib/query/run.ts")] },
  ]);
  assert.equal(findings.length, 1);
  assert.match(findings[0]?.message ?? "", /lib\/quality → lib\/query → lib\/rollup → lib\/quality/);
});

Deno.test("readImports() tells values from types, files from packages, with their lines", async () => {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.writeTextFile(join(root, "deno.json"), '{ "imports": { "@/": "./" } }');
    await Deno.writeTextFile(join(root, "b.ts"), "export type B = 1;\nexport const c = 1;\n");
    await Deno.writeTextFile(
      join(root, "a.ts"),
      '// import "./no.ts"\nimport type { B } from "@/b.ts";\nimport fs from "node:fs";\nexport const b: B = 1;\nexport { fs };\n' +
        'export const later = () => import("./c.ts");\n',
    );
    await Deno.writeTextFile(join(root, "c.ts"), 'export * from "./b.ts";\n');
    const [a, b, c] = await readImports(["a.ts", "b.ts", "c.ts"], root);
    assert.deepEqual(a, {
      file: "a.ts",
      imports: [
        { specifier: "@/b.ts", target: "b.ts", line: 2, typeOnly: true },
        { specifier: "node:fs", target: null, line: 3, typeOnly: false },
        { specifier: "./c.ts", target: "c.ts", line: 6, typeOnly: false },
      ],
    });
    assert.deepEqual(b, { file: "b.ts", imports: [] });
    assert.equal(c?.imports[0]?.target, "b.ts");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
