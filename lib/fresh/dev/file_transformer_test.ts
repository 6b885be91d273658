import assert from "node:assert/strict";
import { fakeFs } from "../_testing.ts";
import { cssAssetHash, FileTransformer } from "./file_transformer.ts";
import { BUILD_ID } from "../build_id.ts";

function transformerOf(files: Record<string, string>): FileTransformer {
  const fs = {
    ...fakeFs(Object.keys(files)),
    readFile: (path: string | URL) => Promise.resolve(new TextEncoder().encode(files[String(path)])),
  };
  return new FileTransformer(fs, "/");
}

async function processed(transformer: FileTransformer, path: string): Promise<Record<string, string> | null> {
  const files = await transformer.process(path, "production", "es2022");
  if (files === null) return null;
  return Object.fromEntries(files.map((file) => [file.path, new TextDecoder().decode(file.content)]));
}

Deno.test("FileTransformer leaves alone what no transformer changes", async () => {
  const transformer = transformerOf({ "/a.txt": "a", "/a.css": "a" });
  transformer.onTransform({ pluginName: "css", filter: /\.css$/ }, () => {});
  assert.equal(await processed(transformer, "/a.txt"), null);
  assert.equal(await processed(transformer, "/a.css"), null);
});

Deno.test("FileTransformer renames files, and makes several of one", async () => {
  const transformer = transformerOf({ "/a.scss": "a" });
  transformer.onTransform({ pluginName: "scss", filter: /\.scss$/ }, ({ text }) => [
    { path: "/a.css", content: `css ${text}` },
    { path: "/a.css.map", content: "map" },
  ]);
  transformer.onTransform({ pluginName: "css", filter: /\.css$/ }, ({ text }) => ({ content: `${text}!` }));
  assert.deepEqual(await processed(transformer, "/a.scss"), { "/a.css": "css a!", "/a.css.map": "map" });

  const renaming = transformerOf({ "/b.less": "b" });
  renaming.onTransform({ pluginName: "less", filter: /\.less$/ }, () => ({ path: "/b.css", content: "css" }));
  assert.deepEqual(await processed(renaming, "/b.less"), { "/b.css": "css" });
});

Deno.test("FileTransformer renames a file once, and tells what it was made of", async () => {
  const transformer = transformerOf({ "/a.txt": "a" });
  const seen: string[] = [];
  transformer.onTransform({ pluginName: "split", filter: /\/a\.txt$/ }, () => [
    { path: "/b.txt", content: "B" },
    { path: "/c.txt", content: "C", map: "{}" },
  ]);
  transformer.onTransform({ pluginName: "rename", filter: /[bc]\.txt$/ }, ({ path, text }) => {
    seen.push(path);
    // The new name matches the filter as well.
    return { path: path.replace("/", "/x"), content: text.toLowerCase() };
  });
  const files = await transformer.process("/a.txt", "production", "es2022");
  assert.deepEqual(
    files?.map(({ path, map, inputFiles }) => ({ path, map, inputFiles })),
    ["/xc.txt", "/xb.txt"].map((path) => ({ path, map: null, inputFiles: ["/a.txt"] })),
  );
  assert.deepEqual(seen, ["/c.txt", "/b.txt"]);
});

Deno.test("FileTransformer refuses one of several files that has no path", async () => {
  const transformer = transformerOf({ "/a.txt": "a" });
  const nameless = [{ content: "b" }] as unknown as Array<{ path: string; content: string }>;
  transformer.onTransform({ pluginName: "split", filter: /./ }, () => nameless);
  await assert.rejects(transformer.process("/a.txt", "production", "es2022"), /"split".*has no path/);
});

Deno.test("cssAssetHash() adds the build id to files of this site, and keeps all else", async () => {
  const transformer = transformerOf({
    "/a.css": `a { b: url('/c.png'); d: url("https://e.f/g"); h: url(/i.svg); j: url("data:x,'(k)'"); l: url() }`,
  });
  cssAssetHash(transformer);
  const id = `__frsh_c=${BUILD_ID}`;
  assert.deepEqual(await processed(transformer, "/a.css"), {
    "/a.css":
      `a { b: url("/c.png?${id}"); d: url("https://e.f/g"); h: url("/i.svg?${id}"); j: url("data:x,'(k)'"); l: url() }`,
  });
});
