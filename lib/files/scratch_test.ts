import assert from "node:assert/strict";
import { join } from "node:path";
import { openScratch } from "./scratch.ts";

const names = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name).sort();

Deno.test("openScratch() makes a folder of its own, and close() removes it with all it holds", async () => {
  const parent = join(await Deno.makeTempDir(), "below");
  const [one, two] = [await openScratch(parent), await openScratch(parent)];
  assert.notEqual(one.path, two.path);
  await Deno.mkdir(join(one.path, "deep"));
  await Deno.writeTextFile(join(one.path, "deep", "file"), "x");
  await one.close();
  await one.close();
  assert.deepEqual(names(parent).map((name) => join(parent, name)), [two.path]);
  await two.close();
  await Deno.remove(parent);
});

Deno.test("openScratch() removes what a killed process left, and leaves alone what a living one has", async () => {
  const parent = await Deno.makeTempDir();
  const module = new URL("./scratch.ts", import.meta.url).href;
  const start = async () => {
    const code = `const { openScratch } = await import(${JSON.stringify(module)});
      console.log((await openScratch(${JSON.stringify(parent)})).path); setInterval(() => {}, 1000);`;
    const child = new Deno.Command(Deno.execPath(), { args: ["eval", code], stdout: "piped" }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return { child, path: new TextDecoder().decode(value).trim() };
  };
  const [dead, alive] = [await start(), await start()];
  dead.child.kill("SIGKILL");
  await dead.child.status;
  await (await openScratch(parent)).close();
  assert.equal(names(parent).length, 2, "what is young may not be locked yet");
  const own = await openScratch(parent, { youngMs: -1 });
  const left = names(parent).map((name) => join(parent, name));
  assert.deepEqual(left, [alive.path, own.path].sort());
  alive.child.kill("SIGKILL");
  await alive.child.status;
  await own.close();
  await Deno.remove(parent, { recursive: true });
});
