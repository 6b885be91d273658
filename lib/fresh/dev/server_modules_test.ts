import assert from "node:assert/strict";
import { makeProject } from "./_project.ts";
import { generateServerEntry } from "./server_modules.ts";
import { prepareStaticFile } from "./static_file.ts";

Deno.test("generateServerEntry() writes slashes, also where a build is made on Windows", () => {
  const source = generateServerEntry({
    root: "..\\app",
    serverEntry: ".\\src\\main.ts",
    snapshotSpecifier: ".\\snapshot.js",
  });
  assert.equal(source.includes("\\"), false);
  for (const text of [`"../app"`, `from "./src/main.ts"`, `from "./snapshot.js"`]) assert.ok(source.includes(text));
});

Deno.test("prepareStaticFile() hashes what has no hash, and names the file from the root", async () => {
  await using project = await makeProject({ "assets/style.css": "body {}" });
  const file = { filePath: `${project.dir}/assets/style.css`, pathname: "/assets/style.css", hash: null };
  const prepared = await prepareStaticFile(file, project.dir);
  assert.match(prepared.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual({ ...prepared, hash: "" }, {
    name: "/assets/style.css",
    filePath: "assets/style.css",
    contentType: "text/css; charset=UTF-8",
    hash: "",
  });
  assert.equal((await prepareStaticFile({ ...file, hash: "known" }, project.dir)).hash, "known");
});
