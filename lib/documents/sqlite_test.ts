import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { UnavailableError } from "@/lib/errors.ts";
import type { Collection } from "./mod.ts";
import { openSqliteDocuments } from "./sqlite.ts";

type Thing = { id: string; group?: string; n?: number };
const schema = z.looseObject({ id: z.string(), group: z.string().optional(), n: z.number().optional() });
const things: Collection<Thing> = { name: "things", schema, indexes: { byGroup: { fields: ["group", "n"] } } };

async function withDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("openSqliteDocuments() keeps documents across openings", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "documents.sqlite");
    const first = openSqliteDocuments({ path });
    await first.create(things, "w", { id: "a", group: "g" });
    await first.close();
    const second = openSqliteDocuments({ path });
    assert.equal((await second.get(things, "w", "a"))?.doc.group, "g");
    await second.close();
  }));

Deno.test("openSqliteDocuments() makes a changed index anew over what is there", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "documents.sqlite");
    const first = openSqliteDocuments({ path });
    await first.create(things, "w", { id: "a", group: "g", n: 2 });
    await first.create(things, "w", { id: "b", group: "g", n: 1 });
    await first.close();
    const second = openSqliteDocuments({ path });
    const changed = { ...things, indexes: { byGroup: { fields: ["n"] }, byBoth: { fields: ["n", "group"] } } };
    assert.deepEqual((await second.list(changed, "w", { index: "byGroup" })).items.map((i) => i.doc.id), ["b", "a"]);
    assert.deepEqual((await second.list(changed, "w", { index: "byBoth", equals: [2, "g"] })).items.length, 1);
    await second.close();
  }));

Deno.test("list() of openSqliteDocuments() searches its index, never the whole table", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "documents.sqlite");
    const store = openSqliteDocuments({ path });
    for (let n = 0; n < 5; n++) await store.create(things, "w", { id: `${n}`, group: "g", n });
    await store.close();
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(path);
    const group = "json_extract(body, '$.group')", n = "json_extract(body, '$.n')";
    const plan = database.prepare(
      `explain query plan select id from "doc_things" where workspace = ? and ${group} = ? and ${n} is not null and typeof(${n}) <> 'text' and ${n} >= ? and (${n}, id) > (?, ?) order by ${n} asc, id asc limit ?`,
    ).all("w", "g", 1, 1, "1", 10) as { detail: string }[];
    database.close();
    assert.equal(plan.length, 1, "no sort step");
    assert.match(plan[0]!.detail, /SEARCH doc_things USING (COVERING )?INDEX things\.byGroup/);
  }));

Deno.test("openSqliteDocuments() says that it is unavailable once closed", async () => {
  const store = openSqliteDocuments({ path: ":memory:" });
  await store.close();
  await store.close();
  await assert.rejects(store.ping(), UnavailableError);
  await assert.rejects(store.get(things, "w", "a"), UnavailableError);
  await assert.rejects(store.create(things, "w", { id: "a" }), UnavailableError);
});

Deno.test("openSqliteDocuments() takes its clock from the caller", async () => {
  const store = openSqliteDocuments({ path: ":memory:", now: () => 86_400_000 });
  assert.equal(await store.now(), 86_400_000);
  assert.equal((await store.create(things, "w", { id: "a" })).updatedAt, "1970-01-02T00:00:00.000Z");
  await store.close();
});

Deno.test("openSqliteDocuments() refuses names that are no plain names", async () => {
  const store = openSqliteDocuments({ path: ":memory:" });
  const drop = 'x" ; drop table ping; --';
  await assert.rejects(store.get({ ...things, name: drop }, "w", "a"), TypeError);
  await assert.rejects(store.get({ ...things, indexes: { [drop]: { fields: ["n"] } } }, "w", "a"), TypeError);
  await assert.rejects(store.get({ ...things, indexes: { i: { fields: [drop] } } }, "w", "a"), TypeError);
  await store.close();
});

Deno.test("openSqliteDocuments() loses nothing acknowledged when its process is killed", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "documents.sqlite");
    const script = `
      import { openSqliteDocuments } from ${JSON.stringify(import.meta.resolve("./sqlite.ts"))};
      const store = openSqliteDocuments({ path: ${JSON.stringify(path)} });
      const things = { name: "things", schema: { parse: (v) => v }, indexes: { byGroup: { fields: ["group", "n"] } } };
      const encoder = new TextEncoder();
      for (let n = Number(Deno.args[0]); ; n++) {
        await store.create(things, "w", { id: String(n), group: "g", n });
        if (n % 3 === 0) await store.put(things, "w", { id: String(n), group: "g", n: n + 0.5 }, 1);
        Deno.stdout.writeSync(encoder.encode(n + "\\n"));
      }`;
    const scriptPath = join(directory, "writer.ts");
    await Deno.writeTextFile(scriptPath, script);
    let acknowledged = -1;
    for (let round = 0; round < 3; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          "--config",
          new URL("../../deno.json", import.meta.url).pathname,
          scriptPath,
          String(acknowledged + 100),
        ],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const first = acknowledged + 100;
      let text = "";
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.length > 200 + round * 300) {
          child.kill("SIGKILL");
          break;
        }
      }
      await child.status;
      const lines = text.split("\n").slice(0, -1).map(Number);
      acknowledged = lines.at(-1)!;
      assert.ok(lines.length > 20, `only ${lines.length} writes`);
      const store = openSqliteDocuments({ path });
      for (let n = first; n <= acknowledged; n++) {
        const stored = await store.get(things, "w", String(n));
        assert.equal(stored?.doc.n, n % 3 === 0 ? n + 0.5 : n, `write ${n} of ${acknowledged}`);
      }
      await store.close();
    }
  }));
