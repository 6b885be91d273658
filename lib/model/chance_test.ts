import assert from "node:assert/strict";
import { chanceOfAtLeast } from "./chance.ts";

const BANDED = { value: 100, lower80: 90, upper80: 115, lower95: 85, upper95: 130 };

Deno.test("chanceOfAtLeast() is half at the expected value and what the bands say at their ends", () => {
  const near = (target: number, wanted: number) => {
    const chance = chanceOfAtLeast(BANDED, target);
    assert.ok(Math.abs(chance - wanted) < 1e-4, `${chance} at ${target}, not ${wanted}`);
  };
  near(100, 0.5);
  near(115, 0.1);
  near(130, 0.025);
  near(90, 0.9);
  near(85, 0.975);
  near(1_000, 0);
  near(-1_000, 1);
});

Deno.test("chanceOfAtLeast() falls as the target rises, and knows bands without any width", () => {
  let before = 1;
  for (let target = 60; target < 170; target++) {
    const chance = chanceOfAtLeast(BANDED, target);
    assert.ok(chance <= before && chance >= 0, `${chance} at ${target}`);
    before = chance;
  }
  const sure = { value: 7, lower80: 7, upper80: 7, lower95: 7, upper95: 7 };
  assert.deepEqual([6, 7, 8].map((target) => chanceOfAtLeast(sure, target)), [1, 0.5, 0]);
  // What is in already does not go away: below both lower ends nothing is possible.
  assert.equal(chanceOfAtLeast({ ...BANDED, lower80: 90, lower95: 90 }, 80), 1);
});
