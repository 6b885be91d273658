import assert from "node:assert/strict";
import { fakeFs } from "../_testing.ts";
import { makeProject } from "./_project.ts";
import type { ResolvedBuildConfig } from "./builder.ts";
import { MemoryBuildCache } from "./dev_build_cache.ts";
import { FileTransformer } from "./file_transformer.ts";

Deno.test("MemoryBuildCache reads nothing outside of its static folder", async () => {
  await using project = await makeProject({
    "static/styles.css": "p {}",
    "static/.well-known/foo.txt": "ok",
    "SECRET": "x",
  });
  const config: ResolvedBuildConfig = {
    root: project.dir,
    staticDir: [`${project.dir}/static`],
    islandDir: "",
    routeDir: "",
    outDir: "",
    serverEntry: "",
    target: "",
    ignore: [],
    mode: "development",
    buildId: "",
  };
  const transformer = new FileTransformer(fakeFs([]), project.dir);
  const cache = new MemoryBuildCache(config, { id: "", dir: "", files: [] }, transformer);
  for (const path of ["../SECRET", "./../../SECRET"]) {
    await assert.rejects(cache.readFile(path), /Processed file resolved outside of static dir/);
  }
  for (const path of ["missing.css", "./missing.css", "/"]) assert.equal(await cache.readFile(path), null);
  for (const path of ["/styles.css", "./styles.css", "/.well-known/foo.txt"]) {
    const file = await cache.readFile(path);
    assert.ok(file, path);
    file.close();
  }
});
