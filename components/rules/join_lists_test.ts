import assert from "node:assert/strict";
import { joinLists } from "./join_lists.ts";

const base = [{ id: "a", n: 1 }, { id: "b", n: 1 }, { id: "c", n: 1 }];

Deno.test("joinLists() keeps what each of two people did, and says what both changed", () => {
  const mine = [{ id: "a", n: 2 }, { id: "b", n: 1 }, { id: "d", n: 1 }];
  const theirs = [{ id: "a", n: 3 }, { id: "b", n: 4 }, { id: "c", n: 1 }, { id: "e", n: 1 }];
  const joined = joinLists(base, mine, theirs);
  assert.deepEqual(joined.list, [{ id: "a", n: 2 }, { id: "b", n: 4 }, { id: "d", n: 1 }, { id: "e", n: 1 }]);
  assert.deepEqual(joined.both, [{ id: "a", n: 2 }]);
  assert.deepEqual(joined.theirs, {
    added: [{ id: "e", n: 1 }],
    changed: [{ id: "a", n: 3 }, { id: "b", n: 4 }],
    removed: [],
  });
});

Deno.test("joinLists() takes their order where mine is as it was, and what they took away is gone", () => {
  const joined = joinLists(base, [...base.slice(0, 2), { id: "c", n: 5 }], [{ id: "b", n: 1 }, { id: "a", n: 1 }]);
  assert.deepEqual(joined.list, [{ id: "b", n: 1 }, { id: "a", n: 1 }, { id: "c", n: 5 }]);
  assert.deepEqual(joined.theirs.removed, [{ id: "c", n: 1 }]);
  assert.deepEqual(joinLists(base, base, base.slice(1)).list, base.slice(1));
});
