import assert from "node:assert/strict";
import { join } from "node:path";
import { projectFiles, projectRoot } from "@/tools/project.ts";
import { collections } from "./collections.ts";

Deno.test("collections lists every kind of document that lib/ declares, each once", async () => {
  const declared: string[] = [];
  for (const file of await projectFiles([".ts"], join(projectRoot, "lib"))) {
    if (file.endsWith("_test.ts")) continue;
    const text = await Deno.readTextFile(join(projectRoot, "lib", file));
    for (const [, name] of text.matchAll(/^export const \w+: Collection<\w+> = \{\s*name: "(\w+)"/gm)) {
      declared.push(name!);
    }
  }
  assert.ok(declared.length > 5, "the search for declarations finds some");
  assert.deepEqual(collections.map(({ name }) => name).sort(), declared.sort());
});
