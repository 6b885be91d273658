/** What every Cache must do, whatever it is built on. */
import assert from "node:assert/strict";
import type { Cache } from "@/lib/cache/mod.ts";

/** Runs the contract; `open` answers an empty cache, `pass` lets milliseconds go by for it, `close` closes what is behind it. */
export function cacheContract(
  name: string,
  open: () => Promise<{ cache: Cache; pass(ms: number): Promise<void>; close?(): Promise<void> }>,
): void {
  const it = (title: string, run: (cache: Cache, pass: (ms: number) => Promise<void>) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      const { cache, pass, close } = await open();
      try {
        await run(cache, pass);
      } finally {
        await cache.close();
        await close?.();
      }
    });

  it("get() answers what set() kept, or undefined", async (cache) => {
    assert.equal(await cache.get("a"), undefined);
    await cache.set("a", "1");
    await cache.set("empty", "");
    await cache.set("text", "ä🧩\n\u0000");
    assert.equal(await cache.get("a"), "1");
    assert.equal(await cache.get("empty"), "");
    assert.equal(await cache.get("text"), "ä🧩\n\u0000");
    await cache.set("a", "2");
    assert.equal(await cache.get("a"), "2");
  });

  it("health() says what it is and that it works, without asking", async (cache) => {
    await cache.set("a", "1");
    await cache.get("b");
    const { kind, state } = cache.health();
    assert.equal(state, "ok");
    assert.ok(kind.length > 0);
  });

  it("a value is gone after its time", async (cache, pass) => {
    await cache.set("short", "1", { ttlMs: 600 });
    await cache.set("long", "1", { ttlMs: 60_000 });
    await cache.set("kept", "1");
    assert.equal(await cache.get("short"), "1");
    await pass(700);
    assert.equal(await cache.get("short"), undefined);
    assert.equal(await cache.get("long"), "1");
    assert.equal(await cache.get("kept"), "1");
  });

  it("through() makes once and answers from the cache then", async (cache) => {
    let made = 0;
    const make = () => Promise.resolve(`made ${++made}`);
    assert.deepEqual(await cache.through("k", make), { value: "made 1", cached: false });
    assert.deepEqual(await cache.through("k", make), { value: "made 1", cached: true });
    assert.equal(await cache.get("k"), "made 1");
    assert.deepEqual(await cache.through("empty", () => Promise.resolve("")), { value: "", cached: false });
    assert.deepEqual(await cache.through("empty", make), { value: "", cached: true });
  });

  it("a time of no length takes the value away", async (cache) => {
    await cache.set("a", "1");
    await cache.set("a", "2", { ttlMs: 0 });
    assert.equal(await cache.get("a"), undefined);
  });

  it("keys may be long and hold anything; values may be large", async (cache) => {
    const keys = ["k".repeat(1_000) + "1", "k".repeat(1_000) + "2", "a b\r\n*\u0000", "a", "ä🧩"];
    const value = (key: string) => `${key} ${"0123456789 ".repeat(10_000)}`;
    for (const key of keys) await cache.set(key, value(key));
    for (const key of keys) assert.equal(await cache.get(key), value(key));
  });

  it("through() shares one make among callers at the same time, per key", async (cache) => {
    const made: string[] = [];
    const gate = Promise.withResolvers<void>();
    const make = (key: string) => async () => {
      made.push(key);
      await gate.promise;
      return key;
    };
    const asked = ["a", "b", "a", "a", "b"].map((key) => cache.through(key, make(key)));
    gate.resolve();
    assert.deepEqual((await Promise.all(asked)).map((answer) => answer.value), ["a", "b", "a", "a", "b"]);
    assert.deepEqual(made.sort(), ["a", "b"]);
  });

  it("through() answers an error to everybody who waits and keeps nothing", async (cache) => {
    let tries = 0;
    const fail = () => {
      tries++;
      return Promise.reject(new RangeError("no"));
    };
    const both = await Promise.allSettled([cache.through("k", fail), cache.through("k", fail)]);
    assert.deepEqual(both.map((answer) => answer.status), ["rejected", "rejected"]);
    assert.equal(tries, 1);
    assert.equal(await cache.get("k"), undefined);
    assert.equal((await cache.through("k", () => Promise.resolve("ok"))).value, "ok");
    const thrown = cache.through("sync", () => {
      throw new RangeError("at once");
    });
    await assert.rejects(thrown, RangeError);
    assert.equal((await cache.through("sync", () => Promise.resolve("ok"))).value, "ok");
  });

  it("through() goes on for the others when a caller gives up", async (cache) => {
    const gate = Promise.withResolvers<string>();
    let made = 0;
    const make = () => {
      made++;
      return gate.promise;
    };
    const giveUp = AbortSignal.timeout(5);
    const gone = Promise.race([
      cache.through("k", make),
      new Promise((_, reject) => giveUp.addEventListener("abort", () => reject(giveUp.reason))),
    ]);
    const stays = cache.through("k", make);
    await assert.rejects(gone, { name: "TimeoutError" });
    gate.resolve("value");
    assert.equal((await stays).value, "value");
    assert.equal(made, 1);
    assert.equal(await cache.get("k"), "value");
  });

  it("through() makes anew after the time has passed", async (cache, pass) => {
    await cache.through("k", () => Promise.resolve("old"), { ttlMs: 600 });
    await pass(700);
    assert.deepEqual(await cache.through("k", () => Promise.resolve("new"), { ttlMs: 600 }), {
      value: "new",
      cached: false,
    });
  });
}
