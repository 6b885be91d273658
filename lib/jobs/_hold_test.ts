import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { holdAlone, holdsCollection } from "./_hold.ts";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const signal = new AbortController().signal;
const quick = { signal, lookMs: 2 };

/** Two instances: two connections to one file. */
async function withTwo(run: (a: Store, b: Store, clock: { at: number }) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  const clock = { at: 1_000_000 };
  const open = () => openSqliteDocuments({ path: `${directory}/t.sqlite`, now: () => clock.at });
  const [a, b] = [open(), open()];
  try {
    await run(a, b, clock);
  } finally {
    await a.close();
    await b.close();
    await Deno.remove(directory, { recursive: true });
  }
}
type Store = ReturnType<typeof openSqliteDocuments>;

Deno.test("holdAlone() runs work under one key in turn, across instances; other keys beside it", () =>
  withTwo(async (a, b) => {
    const said: string[] = [];
    const work = (name: string, ms: number) => async () => {
      said.push(`${name} begins`);
      await pause(ms);
      said.push(`${name} ends`);
    };
    const first = holdAlone(a, "w", { key: "k", owner: "1" }, quick, work("first", 30));
    await pause(5);
    await Promise.all([
      first,
      holdAlone(b, "w", { key: "k", owner: "2" }, quick, work("second", 1)),
      holdAlone(b, "w", { key: "other", owner: "2" }, quick, work("other", 1)),
    ]);
    assert.ok(said.indexOf("first ends") < said.indexOf("second begins"), said.join(", "));
    assert.ok(said.indexOf("other ends") < said.indexOf("first ends"), said.join(", "));
    assert.equal(await a.get(holdsCollection, "w", "k"), null, "nothing stays behind");
  }));

Deno.test("holdAlone() lets go after work that failed", () =>
  withTwo(async (a, b) => {
    const failed = holdAlone(a, "w", { key: "k", owner: "1" }, quick, () => Promise.reject(new RangeError("no")));
    await assert.rejects(failed, RangeError);
    assert.equal(await holdAlone(b, "w", { key: "k", owner: "2" }, quick, () => Promise.resolve(1)), 1);
  }));

Deno.test("holdAlone() takes over at once from an earlier life of the same owner, from another after its lease", () =>
  withTwo(async (a, b, clock) => {
    const dead = { id: "k", owner: "1", token: "t", renewedAt: clock.at, leaseMs: 15_000 };
    await a.create(holdsCollection, "w", dead);
    const abort = new AbortController();
    const waiting = holdAlone(
      b,
      "w",
      { key: "k", owner: "2" },
      { signal: abort.signal, lookMs: 2 },
      () => Promise.resolve("x"),
    );
    waiting.catch(() => {});
    await pause(20);
    abort.abort(new RangeError("stopped"));
    await assert.rejects(waiting, RangeError);
    assert.equal(await holdAlone(b, "w", { key: "k", owner: "1" }, quick, () => Promise.resolve("same")), "same");
    await a.create(holdsCollection, "w", dead);
    clock.at += 15_001;
    assert.equal(await holdAlone(b, "w", { key: "k", owner: "2" }, quick, () => Promise.resolve("late")), "late");
  }));

Deno.test("holdAlone() tells work whose hold another took over, and leaves the other's alone", () =>
  withTwo(async (a, b) => {
    let told: unknown;
    const frozen = holdAlone(a, "w", { key: "k", owner: "1" }, { ...quick, leaseMs: 30 }, async (signal) => {
      const stored = (await b.get(holdsCollection, "w", "k"))!;
      await b.put(holdsCollection, "w", { ...stored.doc, owner: "2", token: "other" }, stored.version);
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      told = signal.reason;
      signal.throwIfAborted();
    });
    await assert.rejects(frozen, /Another instance works on "k" now/);
    assert.ok(told instanceof Error);
    assert.equal((await a.get(holdsCollection, "w", "k"))?.doc.owner, "2");
  }));
