import assert from "node:assert/strict";
import { createTryLimit } from "./try_limit.ts";

Deno.test("createTryLimit() asks to wait after so many wrong tokens from one place, until the window is over", () => {
  let now = 0;
  const limit = createTryLimit({ most: 3, windowMs: 60_000, now: () => now });
  assert.deepEqual([1, 2, 3].map(() => limit.wrong("10.0.0.1")), [0, 0, 0]);
  now = 20_000;
  assert.equal(limit.wrong("10.0.0.1"), 40);
  assert.equal(limit.wrong("10.0.0.2"), 0, "another place has tries of its own");
  now = 60_000;
  assert.equal(limit.wrong("10.0.0.1"), 0);
});

Deno.test("createTryLimit() takes a /64 of IPv6 for one place", () => {
  const limit = createTryLimit({ most: 1 });
  assert.equal(limit.wrong("2001:db8:1:2:3:4:5:6"), 0);
  assert.ok(limit.wrong("2001:db8:1:2::9") > 0);
  assert.equal(limit.wrong("2001:db8:1:3::9"), 0);
  assert.equal(limit.wrong("::1"), 0);
  assert.ok(limit.wrong("::2") > 0);
});

Deno.test("createTryLimit() remembers no more places than it may", () => {
  const limit = createTryLimit({ most: 1, places: 2 });
  for (const address of ["a", "b", "c"]) assert.equal(limit.wrong(address), 0);
  assert.equal(limit.wrong("a"), 0, "forgotten");
  assert.ok(limit.wrong("c") > 0);
});
