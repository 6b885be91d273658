import assert from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "./project.ts";

Deno.test("docs/dependencies.md names each npm package of deno.json, and no other", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(projectRoot, "deno.json")));
  const installed = Object.values<string>(imports).flatMap((target) =>
    /^npm:((?:@[^/]+\/)?[^@/]+)/.exec(target)?.[1] ?? []
  );
  const text = await Deno.readTextFile(join(projectRoot, "docs/dependencies.md"));
  const listed = [...text.matchAll(/^- `([^`]+)` \(/gm)].map((match) => match[1] ?? "");
  assert.deepEqual(listed.toSorted(), [...new Set(installed)].toSorted());
});

Deno.test("deno.json pins packages whose newest release is incomplete", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(projectRoot, "deno.json")));
  for (const name of ["@duckdb/node-api", "@napi-rs/canvas"]) {
    assert.match(imports[name], /@\d+\.\d+\.\d+[^\s]*$/, name);
  }
});
