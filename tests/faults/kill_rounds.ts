/** kill -9 at any moment of an upload and its import, again and again, in either mode. */
import assert from "node:assert/strict";
import { api, type ServerProcess, until } from "./server_process.ts";

/** Where in the first import's time the server is killed, round by round: soon everywhere, and often near the end. */
const MOMENTS = [0.45, 0.8, 0.03, 0.97, 0.6, 0.9, 0.15, 0.7, 1.05, 0.3];

/** Milliseconds that an import takes at least. */
const SHORTEST = 50;

interface File {
  rows: number;
  text: string;
  year: number;
  impressions: number;
  /** Exact, in millionths. */
  spend: number;
}

/** Too few days of a year to forecast: what is killed here is the import, and forecasts would be most of the work. */
const DAYS = 12;

/** Days in a year of its own per file; all rows have keys of their own. */
function fileOf(year: number, count: number): File {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend"];
  let impressions = 0;
  let spend = 0;
  for (let row = 0; row < count; row++) {
    const day = new Date(Date.UTC(year, 0, 1 + row % DAYS)).toISOString().slice(0, 10);
    const cents = (row * 7919) % 99_991;
    impressions += row % 1_000;
    spend += cents * 10_000;
    lines.push(
      `${day},google_ads,Shop,Campaign ${Math.floor(row / DAYS)},EUR,${row % 1_000},${row % 50},${cents / 100}`,
    );
  }
  return { rows: count, text: lines.join("\n") + "\n", year, impressions, spend };
}

const upload = (server: ServerProcess, { text, year }: File): Promise<{ id: string }> =>
  api(server, `/api/imports?dataset=ads&filename=${year}.csv`, {
    method: "POST",
    body: text,
    headers: { "idempotency-key": `year-${year}` },
  });

/** Asks until it is answered: a store that does not answer in time is busy, and busy is no fault here. */
const patiently = <T>(what: string, ask: () => Promise<T>): Promise<T> =>
  until(what, () =>
    ask().then((answer) => ({ answer }), (error) => {
      if (/: 503 /.test(String(error))) return false as const;
      throw error;
    }), 60_000).then(({ answer }) => answer);

type Listed = {
  id: string;
  filename: string;
  state: string;
  publishedAt?: string;
  counts: Record<string, number>;
};

const underWay = (imports: Listed[]): Listed[] => imports.filter(({ state }) => /^(queued|running)$/.test(state));

const ledger = async (server: ServerProcess, limit: number): Promise<Listed[]> =>
  (await patiently("the ledger", () => api(server, `/api/imports?limit=${limit}`))).imports;

/** Waits until nothing is under way, and answers the whole ledger. Jobs pause between attempts. */
async function settled(server: ServerProcess): Promise<Listed[]> {
  let last: Listed[] = [];
  try {
    await until("every import rests", async () => {
      // Only the newest can be under way: asking for all again and again would keep the store busier than the imports.
      last = await ledger(server, 5);
      if (underWay(last).length === 0) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }, 600_000);
    last = await ledger(server, 1_000);
    assert.deepEqual(underWay(last), []);
    return last;
  } catch (error) {
    const states = underWay(last).map(({ filename, state }) => `${filename} is ${state}`).join(", ");
    throw new Error(`${states || "The ledger was never answered"}; the server says: ${server.output().slice(-6_000)}`, {
      cause: error,
    });
  }
}

async function assertExact(
  server: ServerProcess,
  files: File[],
  imports: Listed[],
  asked = inTurn(files),
): Promise<void> {
  for (const file of files) {
    const mine = imports.filter(({ filename }) => filename === `${file.year}.csv`);
    const published = mine.filter(({ state }) => state === "published");
    assert.equal(published.length, 1, `${file.year}: ${mine.map(({ state }) => state)}`);
    assert.ok(mine.every(({ state }) => state === "published" || state === "duplicate"));
    assert.deepEqual([published[0]!.counts.read, published[0]!.counts.inserted], [file.rows, file.rows]);
  }
  for (const file of asked) {
    const question = {
      dataset: "ads",
      metrics: ["impressions", "spend"],
      range: { from: `${file.year}-01-01`, to: `${file.year}-12-31` },
    };
    const { rows } = await patiently(`the sums of ${file.year}`, () =>
      api(server, "/api/query", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(question),
      }));
    assert.deepEqual(rows, [{ impressions: file.impressions, spend: file.spend / 1e6 }], String(file.year));
  }
  const { state } = await patiently("how many rows there are", () => api(server, "/api/datasets/ads"));
  assert.equal(state.rows, files.reduce((sum, { rows }) => sum + rows, 0));
}

/** The two newest files and two older ones, each in its turn; every file at every fiftieth kill. */
function inTurn(files: File[]): File[] {
  if (files.length <= 4 || files.length % 50 === 0) return files;
  const older = files.slice(0, -2);
  return [...files.slice(-2), ...[0, 1].map((n) => older[(files.length * 7 + n * 13) % older.length]!)];
}

/** So soon may another instance take over what a killed one held: the rounds would mostly wait for it otherwise. */
export const SHORT_LEASE = { LEASE_SECONDS: "2" };

/** How to kill. */
export interface KillRoundsOptions {
  rounds: number;
  /** Of each file. */
  rows: number;
  /** Starts a server on the same stores, again and again. */
  start: () => Promise<ServerProcess>;
  /** Told after each round: how many rounds are over, and whether an import was under way. */
  onRound?: (round: number, inside: boolean) => void;
}

/**
 * Uploads a file per round and kills the server somewhere in between; each time a new server has to finish it exactly.
 * Answers the last server, how many files there are, and how often an import was under way.
 */
export async function killRounds(
  { rounds, rows, start, onRound }: KillRoundsOptions,
): Promise<{ server: ServerProcess; files: number; killedInside: number }> {
  let server = await start();
  const files = [fileOf(1_700, rows)];
  const began = performance.now();
  await patiently("the first upload", () => upload(server, files[0]!));
  await assertExact(server, files, await settled(server));
  let whole = performance.now() - began;
  let killedInside = 0;
  for (let round = 0; round < rounds; round++) {
    const file = fileOf(1_701 + round, rows);
    files.push(file);
    let killed = 0;
    const kill = setTimeout(() => {
      killed = Date.now();
      server.signal("SIGKILL");
    }, whole * MOMENTS[round % MOMENTS.length]!);
    const answered = await upload(server, file).then(() => true, () => false);
    await server.ended;
    clearTimeout(kill);
    server = await start();
    // Whoever got no answer asks again, under the same key.
    if (!answered) await patiently("the upload", () => upload(server, file));
    const imports = await settled(server);
    await assertExact(server, files, imports);
    // Told by when it was published: a new server may have finished an import before it is asked for the first time.
    const inside = answered &&
      imports.some(({ filename, publishedAt = "" }) =>
        filename === `${file.year}.csv` && Date.parse(publishedAt) > killed
      );
    if (inside) killedInside++;
    // The first import is the slowest, and a machine has moods: kills that come too late come sooner, and the other way.
    else whole = Math.max(SHORTEST, whole * (answered ? 0.85 : 1.1));
    onRound?.(round + 1, inside);
  }
  await assertExact(server, files, await settled(server), files);
  return { server, files: files.length, killedInside };
}
