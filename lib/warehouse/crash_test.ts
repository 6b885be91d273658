import assert from "node:assert/strict";
import { Duck, type DuckCell } from "@/lib/duckdb/duckdb.ts";
import { crashDataset } from "./crash_worker.ts";
import { openDuckWarehouse } from "./duckdb.ts";

const ROUNDS = 8;

Deno.test("a process killed at any moment leaves the old version or the new one, never a mix", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/warehouse.duckdb`;
  let next = 1;
  let acknowledged = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      acknowledged = Math.max(acknowledged, await killWhileWriting(path, next, 30 + 137 * round));
      const version = await check(path);
      assert.ok(version >= acknowledged, `version ${acknowledged} was acknowledged, ${version} stands`);
      next += 1_000;
    }
    assert.ok(acknowledged > 0, "no act was acknowledged before a kill");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

/** Starts the worker, kills it some time after its first acknowledged act, and answers the last version it told. */
async function killWhileWriting(path: string, next: number, after: number): Promise<number> {
  const worker = new URL("./crash_worker.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", worker, path, String(next)],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  let told = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    told += chunk;
    timer ??= setTimeout(() => child.kill("SIGKILL"), after);
  }
  const { signal } = await child.status;
  clearTimeout(timer);
  assert.equal(signal, "SIGKILL", `the worker ended by itself: ${await errors}`);
  await errors;
  const whole = told.slice(0, told.lastIndexOf("\n")).split("\n");
  return Number(whole.at(-1));
}

/** Opens the database anew and holds every table against the others. Answers the version. */
async function check(path: string): Promise<number> {
  const duck = await Duck.open({ path, threads: 2 });
  try {
    const warehouse = openDuckWarehouse({ duck });
    const ref = { workspace: "default", dataset: crashDataset };
    const state = await warehouse.state(ref);
    const one = async (sql: string): Promise<DuckCell> => Object.values((await duck.rows(sql))[0]!)[0]!;
    const table = (suffix: string) => `ws_default.crash_${suffix}`;

    assert.equal(await one(`select count(*) from ${table("versions")}`), BigInt(state.version));
    assert.equal(
      await one(`select count(*) from ${table("versions")} where action = 'publish'`),
      BigInt(
        Number(await one(`select count(*) from ${table("imports")}`)),
      ),
    );
    assert.equal(await one(`select coalesce(max(_from), 0) <= ${state.version} from ${table("row_versions")}`), true);
    assert.equal(await one(`select coalesce(max(_to), 0) <= ${state.version} from ${table("row_versions")}`), true);
    // Every import has all its claims: 30,000 rows, and those that a replacing one removed.
    assert.equal(
      await one(`select count(*) from ${table("imports")} i where 30000 <> (
        select count(*) from ${table("claims")} c where c._import = i.seq and c._content <> 0)`),
      0n,
    );
    // What is visible is what the claims say, key by key.
    const winners = `select c._key, max(c._import) as seq, arg_max(c._content, c._import) as content
      from ${table("claims")} c join ${table("imports")} i on i.seq = c._import
      where i.state = 'published' group by c._key`;
    const visible = `select _key, _content from ${table("row_versions")} where _to is null`;
    const claimed = `select _key, content from (${winners}) where content <> 0`;
    assert.equal(await one(`select count(*) from ((${visible}) except all (${claimed}))`), 0n);
    assert.equal(await one(`select count(*) from ((${claimed}) except all (${visible}))`), 0n);
    assert.equal(
      await one(`select coalesce(sum(rows), 0)::bigint from ${table("coverage")}`),
      await one(`select count(*) from (${visible})`),
    );
    // Rollups can be brought up to date from wherever they stood.
    await warehouse.refreshRollups(ref);
    assert.equal(
      await one(`select coalesce(sum(clicks), 0)::bigint from ${table("rollup_day")}`),
      await one(`select coalesce(sum(clicks), 0)::bigint from ${table("rows")} where _to is null`),
    );
    return state.version;
  } finally {
    await duck.close();
  }
}
