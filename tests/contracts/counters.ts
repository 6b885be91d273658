/** What every Counters must do, whatever it is built on. */
import assert from "node:assert/strict";
import type { Counters } from "@/lib/counters/mod.ts";

const MORNING = new Date("2026-03-09T08:15:30Z");

/** Runs the contract; `open` answers counters that count nothing yet, by the clock given, and what is behind them. */
export function countersContract(
  name: string,
  open: (now: () => Date) => Promise<{ counters: Counters; close?(): Promise<void> }>,
): void {
  const it = (title: string, run: (counters: Counters, setClock: (now: Date) => void) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      let time = MORNING;
      const { counters, close } = await open(() => time);
      try {
        await run(counters, (now) => time = now);
      } finally {
        await counters.close();
        await close?.();
      }
    });

  it("answers nothing for a day on which nothing happened", async (counters) => {
    const { day, scope, requests, rows } = await counters.today("w");
    assert.equal(day, "2026-03-09");
    assert.equal(scope, "every-instance");
    assert.deepEqual(requests, { total: 0, minutes: [] });
    assert.deepEqual(rows, { total: 0, minutes: [] });
  });

  it("counts requests by minute in UTC, in order", async (counters, setClock) => {
    for (let i = 0; i < 3; i++) counters.request("w");
    setClock(new Date("2026-03-09T10:00:00Z"));
    counters.request("w");
    setClock(new Date("2026-03-09T09:59:59.999Z"));
    counters.request("w");
    assert.deepEqual((await counters.today("w")).requests, {
      total: 5,
      minutes: [{ minute: "08:15", count: 3 }, { minute: "09:59", count: 1 }, { minute: "10:00", count: 1 }],
    });
    counters.request("w");
    assert.equal((await counters.today("w")).requests.total, 6);
  });

  it("counts the rows of an import once, at the minute they came in", async (counters) => {
    for (let i = 0; i < 2; i++) counters.imported("w", "first", 1_000_000, MORNING);
    counters.imported("w", "second", 5, MORNING);
    counters.imported("w", "third", 7, new Date("2026-03-09T00:00:00Z"));
    assert.deepEqual((await counters.today("w")).rows, {
      total: 1_000_012,
      minutes: [{ minute: "00:00", count: 7 }, { minute: "08:15", count: 1_000_005 }],
    });
  });

  it("keeps workspaces apart", async (counters) => {
    counters.request("a");
    counters.imported("a", "i", 5, MORNING);
    const { requests, rows } = await counters.today("b");
    assert.deepEqual([requests.total, rows.total], [0, 0]);
  });

  it("begins anew each day, and leaves out what belongs to another", async (counters, setClock) => {
    counters.request("w");
    counters.imported("w", "old", 5, MORNING);
    counters.imported("w", "older", 5, new Date("2026-03-08T23:59:59Z"));
    assert.equal((await counters.today("w")).rows.total, 5);
    setClock(new Date("2026-03-10T00:00:00Z"));
    const { day, requests, rows } = await counters.today("w");
    assert.deepEqual([day, requests.total, rows.total], ["2026-03-10", 0, 0]);
    counters.imported("w", "old", 5, MORNING);
    counters.request("w");
    assert.equal((await counters.today("w")).requests.total, 1);
    assert.equal((await counters.today("w")).rows.total, 0);
  });

  it("health() says what it is, without asking", (counters) => {
    assert.ok(counters.health().kind.length > 0);
    return Promise.resolve();
  });
}
