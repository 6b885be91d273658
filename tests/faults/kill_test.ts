/** kill -9 at any moment of an upload and its import: nothing is lost, nothing is there twice. */
import assert from "node:assert/strict";
import { filesBelow } from "@/tests/attacks/outside.ts";
import { type ServerProcess, until, withServers } from "./server_process.ts";

const ROUNDS = 10;
const ROWS = 200_000;
/** Where in the first import's time the server is killed, round by round: everywhere, and often near the end. */
const MOMENTS = [0.03, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 0.97, 1.05];

interface File {
  text: string;
  year: number;
  impressions: number;
  /** Exact, in millionths. */
  spend: number;
}

/** A year of its own per file: 200,000 rows, all with keys of their own. */
function fileOf(year: number): File {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend"];
  let impressions = 0;
  let spend = 0;
  for (let row = 0; row < ROWS; row++) {
    const day = new Date(Date.UTC(year, 0, 1 + row % 365)).toISOString().slice(0, 10);
    const cents = (row * 7919) % 99_991;
    impressions += row % 1_000;
    spend += cents * 10_000;
    lines.push(
      `${day},google_ads,Shop,Campaign ${Math.floor(row / 365)},EUR,${row % 1_000},${row % 50},${cents / 100}`,
    );
  }
  return { text: lines.join("\n") + "\n", year, impressions, spend };
}

async function api(server: ServerProcess, path: string, init?: RequestInit) {
  const response = await fetch(server.origin + path, init).catch((error) => {
    throw new Error(`Cannot reach the server: ${server.output().slice(-3_000)}`, { cause: error });
  });
  const body = await response.json();
  assert.ok(response.ok, `${path}: ${JSON.stringify(body)}`);
  return body;
}

const upload = (server: ServerProcess, { text, year }: File): Promise<{ id: string }> =>
  api(server, `/api/imports?dataset=ads&filename=${year}.csv`, {
    method: "POST",
    body: text,
    headers: { "idempotency-key": `year-${year}` },
  });

type Listed = { id: string; filename: string; state: string; counts: Record<string, number> };

/** Waits until nothing is under way. */
function settled(server: ServerProcess): Promise<Listed[]> {
  return until("every import rests", async () => {
    const { imports } = await api(server, "/api/imports?limit=1000");
    return !imports.some(({ state }: Listed) => ["queued", "running"].includes(state)) && imports;
  });
}

async function assertExact(server: ServerProcess, files: File[], imports: Listed[]): Promise<void> {
  for (const file of files) {
    const mine = imports.filter(({ filename }) => filename === `${file.year}.csv`);
    const published = mine.filter(({ state }) => state === "published");
    assert.equal(published.length, 1, `${file.year}: ${mine.map(({ state }) => state)}`);
    assert.ok(mine.every(({ state }) => state === "published" || state === "duplicate"));
    assert.deepEqual([published[0]!.counts.read, published[0]!.counts.inserted], [ROWS, ROWS]);
    const { rows } = await api(server, "/api/query", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        dataset: "ads",
        metrics: ["impressions", "spend"],
        range: { from: `${file.year}-01-01`, to: `${file.year}-12-31` },
      }),
    });
    assert.deepEqual(rows, [{ impressions: file.impressions, spend: file.spend / 1e6 }], String(file.year));
  }
  assert.equal((await api(server, "/api/datasets/ads")).state.rows, files.length * ROWS);
}

Deno.test("[fault] a server killed at any moment of an upload and its import loses nothing and repeats nothing", () =>
  withServers(async (start, directory) => {
    let server = await start();
    const files = [fileOf(2_000)];
    const began = performance.now();
    await upload(server, files[0]!);
    await assertExact(server, files, await settled(server));
    const whole = performance.now() - began;
    let killedInside = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const file = fileOf(2_001 + round);
      files.push(file);
      const kill = setTimeout(() => server.signal("SIGKILL"), whole * MOMENTS[round % MOMENTS.length]!);
      const answered = await upload(server, file).then(() => true, () => false);
      await server.ended;
      clearTimeout(kill);
      server = await start();
      const before = (await api(server, "/api/imports?limit=1000")).imports as Listed[];
      if (before.some(({ state }) => state === "queued" || state === "running")) killedInside++;
      // Whoever got no answer asks again, under the same key.
      if (!answered) await upload(server, file);
      await assertExact(server, files, await settled(server));
    }
    assert.ok(killedInside > 0, "no import was under way when its server was killed");
    await until("nothing is left in staging", async () => (await filesBelow(`${directory}/staging`)).length === 0);
    assert.deepEqual(await filesBelow(`${directory}/files/.arriving`), []);
    const kept = (await filesBelow(`${directory}/files/default`)).length;
    assert.equal(kept, files.length, "each file is kept once");
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0);
  }));
