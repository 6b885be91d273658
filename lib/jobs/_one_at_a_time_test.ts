import assert from "node:assert/strict";
import { oneAtATime } from "./_one_at_a_time.ts";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Deno.test("oneAtATime() runs work under one key in turn, other keys and stores beside it", async () => {
  const store = {};
  const said: string[] = [];
  const work = (name: string, ms: number) => async () => {
    said.push(`${name} begins`);
    await pause(ms);
    said.push(`${name} ends`);
    return name;
  };
  const names = await Promise.all([
    oneAtATime(store, "a", work("first", 20)),
    oneAtATime(store, "a", work("second", 1)),
    oneAtATime(store, "b", work("other", 1)),
    oneAtATime({}, "a", work("elsewhere", 1)),
  ]);
  assert.deepEqual(names, ["first", "second", "other", "elsewhere"]);
  assert.ok(said.indexOf("first ends") < said.indexOf("second begins"));
  assert.ok(said.indexOf("other ends") < said.indexOf("first ends"));
  assert.ok(said.indexOf("elsewhere ends") < said.indexOf("first ends"));
});

Deno.test("oneAtATime() goes on after work that failed", async () => {
  const store = {};
  const failed = oneAtATime(store, "a", () => Promise.reject(new Error("no")));
  const next = oneAtATime(store, "a", () => Promise.resolve(1));
  await assert.rejects(failed, /no/);
  assert.equal(await next, 1);
});
