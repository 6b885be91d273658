import assert from "node:assert/strict";
import { join } from "node:path";
import { collections } from "@/lib/collections/collections.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { projectRoot } from "./project.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

async function runMigrate(env: Record<string, string>): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", join(projectRoot, "tools/migrate.ts")],
    env: { NO_COLOR: "1", MONGODB_URI: "", ...env },
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test("deno task migrate has nothing to do without MONGODB_URI", async () => {
  const { code, text } = await runMigrate({});
  assert.equal(code, 0, text);
  assert.match(text, /^Nothing to do/);
});

serverSuite("deno task migrate", missing, () => {
  Deno.test("deno task migrate makes every declared index, and may be repeated", async () => {
    await using fresh = await freshDatabase();
    const uri = new URL(fresh.uri);
    uri.pathname = fresh.database;
    for (let time = 0; time < 2; time++) {
      const { code, text } = await runMigrate({ MONGODB_URI: uri.href });
      assert.equal(code, 0, text);
      assert.match(text, /Documents: the indexes of \d+ kinds are as declared/);
    }
    const mongo = fresh.open();
    for (const { name, indexes } of collections) {
      if (Object.keys(indexes).length === 0) continue;
      const made = await mongo.collection(`doc_${name}`).listIndexes().toArray();
      assert.ok(made.length > Object.keys(indexes).length, `${name}: ${made.map((index) => index.name)}`);
    }
    for (const name of ["ads_rows", "orders_coverage", "web_rollup_day", "rejected_rows"]) {
      const made = await mongo.collection(name).listIndexes().toArray();
      assert.ok(made.length > 1, name);
    }
  });
});
