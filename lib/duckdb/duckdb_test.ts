import assert from "node:assert/strict";
import { Duck, identifier } from "./duckdb.ts";

Deno.test("Duck refuses a second handle on one file, in one process", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/a.duckdb`;
  const duck = await Duck.open({ path });
  await assert.rejects(() => Duck.open({ path }), /has it open already/);
  await duck.close();
  const again = await Duck.open({ path });
  await again.close();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("Duck reads files in the staging folder only, and cannot be unlocked", async () => {
  const directory = await Deno.makeTempDir();
  await Deno.mkdir(`${directory}/staging`);
  await Deno.writeTextFile(`${directory}/staging/in.csv`, "a\n1\n");
  await Deno.writeTextFile(`${directory}/out.csv`, "a\n1\n");
  const duck = await Duck.open({ path: ":memory:", stagingDirectory: `${directory}/staging` });
  assert.deepEqual(await duck.rows(`select a from read_csv('${directory}/staging/in.csv')`), [{ a: 1n }]);
  await assert.rejects(() => duck.rows(`select a from read_csv('${directory}/out.csv')`), /Permission Error/);
  await assert.rejects(() => duck.run("set enable_external_access = true"), /locked|Cannot/);
  await duck.close();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("Duck.transaction() leaves nothing of work that throws", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  await duck.run("create table t (n integer)");
  await assert.rejects(() =>
    duck.transaction(async (session) => {
      await session.run("insert into t values ($1)", [1]);
      throw new Error("stop");
    }), /stop/);
  await duck.transaction((session) => session.run("insert into t values ($1)", [2]));
  assert.deepEqual(await duck.rows("select n from t"), [{ n: 2 }]);
  await duck.close();
});

Deno.test("Duck serves more questions at once than it has readers", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => duck.rows("select $1::integer as n", [n])));
  assert.deepEqual(answers.map(([row]) => row?.n), Array.from({ length: 20 }, (_, n) => n));
  await duck.close();
});

Deno.test("identifier() lets no quote through", () => {
  assert.equal(identifier("ads_rows"), '"ads_rows"');
  assert.throws(() => identifier('a"; drop table x; --'), TypeError);
});

Deno.test("Duck says what to do about a damaged write-ahead log", async () => {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: `${directory}/a.duckdb` });
  await duck.run("create table t as select range as n, repeat('x', 50) as text from range(2000)");
  // As a process that is killed leaves it: the file beside its log.
  await Deno.copyFile(`${directory}/a.duckdb`, `${directory}/b.duckdb`);
  const log = await Deno.readFile(`${directory}/a.duckdb.wal`);
  log[Math.floor(log.length / 2)]! ^= 0xff;
  await Deno.writeFile(`${directory}/b.duckdb.wal`, log);
  await duck.close();
  await assert.rejects(
    () => Duck.open({ path: `${directory}/b.duckdb` }),
    /write-ahead log .* is damaged; move it away/,
  );
  await Deno.remove(`${directory}/b.duckdb.wal`);
  const mended = await Duck.open({ path: `${directory}/b.duckdb` });
  await mended.close();
  await Deno.remove(directory, { recursive: true });
});
