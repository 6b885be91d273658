import assert from "node:assert/strict";
import { ChangeGuard, Known } from "./duckdb_known.ts";

Deno.test("Known reads once, for everybody who asks, until a change", async () => {
  const guard = new ChangeGuard();
  const known = new Known<number>(guard);
  let reads = 0;
  const get = () => known.get("ads", "state", () => Promise.resolve(++reads));
  assert.deepEqual(await Promise.all([get(), get()]), [1, 1]);
  await guard.around(["orders"], (becomeVisible) => Promise.resolve(becomeVisible()));
  assert.equal(await get(), 1, "other tables are no concern");
  await guard.around(["ads"], (becomeVisible) => Promise.resolve(becomeVisible()));
  assert.equal(await get(), 2);
});

Deno.test("Known keeps nothing that was read while a change became visible, and no error", async () => {
  const guard = new ChangeGuard();
  const known = new Known<string>(guard);
  const { promise: slow, resolve: finishReading } = Promise.withResolvers<string>();
  const reading = known.get("ads", "state", () => slow);
  await guard.around(["ads"], async (becomeVisible) => {
    becomeVisible();
    assert.equal(guard.stamp("ads"), null);
    assert.equal(await known.get("ads", "state", () => Promise.resolve("either")), "either");
  });
  finishReading("old");
  assert.equal(await reading, "old");
  assert.equal(await known.get("ads", "state", () => Promise.resolve("new")), "new");
  await assert.rejects(() => known.get("ads", "other", () => Promise.reject(new Error("no"))), /no/);
  assert.equal(await known.get("ads", "other", () => Promise.resolve("yes")), "yes");
});

Deno.test("ChangeGuard lets a change that fails before its commit leave everything as it is", async () => {
  const guard = new ChangeGuard();
  const before = guard.stamp("ads");
  await assert.rejects(() => guard.around(["ads"], () => Promise.reject(new Error("refused"))), /refused/);
  assert.equal(guard.stamp("ads"), before);
  await assert.rejects(() =>
    guard.around(["ads"], (becomeVisible) => {
      becomeVisible();
      return Promise.reject(new Error("the disk is full"));
    })
  );
  assert.notEqual(guard.stamp("ads"), before);
});
