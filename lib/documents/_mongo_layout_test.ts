import assert from "node:assert/strict";
import { checkedList, encodeCursor } from "./_checks.ts";
import { contentOf, idPrefix, indexesOf, listQuery } from "./_mongo_layout.ts";
import type { Collection, ListOptions } from "./mod.ts";

type Note = { id: string };
const notes: Collection<Note> = {
  name: "notes",
  schema: { parse: (value) => value as Note },
  indexes: { byFolder: { fields: ["folder", "rank"] }, bySlug: { fields: ["slug"], unique: true } },
};
const query = (options: ListOptions, workspace = "w") => listQuery(workspace, checkedList(notes, options));

Deno.test("listQuery() asks for one index, its equals first, and for its order", () => {
  assert.deepEqual(query({ index: "byFolder", equals: ["f"], from: 1 }), {
    filter: {
      $and: [
        { w: { $eq: "w" } },
        { "x.folder": { $eq: "f" } },
        { "x.rank": { $exists: true } },
        { "x.rank": { $gte: 1 } },
      ],
    },
    sort: [["x.rank", 1], ["_id", 1]],
  });
});

Deno.test("listQuery() by id stays within its workspace, and knows that no id is a number", () => {
  assert.deepEqual(query({ to: "b", direction: "descending" }, "a/b"), {
    filter: { $and: [{ _id: { $lte: "a%2Fb/b" } }, { _id: { $gte: "a%2Fb/", $lt: "a%2Fb0" } }] },
    sort: [["_id", -1]],
  });
  assert.equal(query({ from: 1 }), null);
});

Deno.test("listQuery() goes on after a cursor, from numbers to texts and back", () => {
  const after = (direction: "ascending" | "descending", rank: string | number) => {
    const cursor = encodeCursor("byFolder", direction === "descending", [rank, "a"]);
    return query({ index: "byFolder", equals: ["f"], direction, cursor })?.filter.$and.at(-1);
  };
  const sameThen = (rank: string | number, operator: string) => ({
    $and: [{ "x.rank": { $eq: rank } }, { _id: { [operator]: "w/a" } }],
  });
  assert.deepEqual(after("ascending", 9), {
    $or: [{ $and: [{ "x.rank": { $gt: 9 } }] }, { $and: [{ "x.rank": { $gte: "" } }] }, sameThen(9, "$gt")],
  });
  assert.deepEqual(after("ascending", "t"), { $or: [{ $and: [{ "x.rank": { $gt: "t" } }] }, sameThen("t", "$gt")] });
  assert.deepEqual(after("descending", "t"), {
    $or: [{ $and: [{ "x.rank": { $lt: "t" } }] }, { $and: [{ "x.rank": { $lte: Infinity } }] }, sameThen("t", "$lt")],
  });
});

Deno.test("indexesOf() makes one to list by for each, and one more that refuses where it is unique", () => {
  const made = indexesOf(notes).map(({ key, ...rest }) => ({
    ...rest,
    key: [...key instanceof Map ? key.keys() : Object.keys(key)],
  }));
  assert.deepEqual(made, [
    {
      name: "by.folder.rank",
      partialFilterExpression: { "x.folder": { $exists: true }, "x.rank": { $exists: true } },
      key: ["w", "x.folder", "x.rank", "_id"],
    },
    { name: "by.slug", partialFilterExpression: { "x.slug": { $exists: true } }, key: ["w", "x.slug", "_id"] },
    { name: "unique.slug", unique: true, sparse: true, key: ["u.slug"] },
  ]);
});

Deno.test("contentOf() takes plain texts and numbers of the top level only, and keeps the rest as text", () => {
  const doc = JSON.parse('{"id":"a","slug":"s","n":1,"$where":"x","a.b":"y","__proto__":"z","deep":{"n":2},"ok":true}');
  assert.deepEqual(contentOf(notes, "w", doc), {
    body: JSON.stringify(doc),
    x: { id: "a", slug: "s", n: 1 },
    u: { slug: '["w","s"]' },
  });
  assert.deepEqual(contentOf(notes, "w", { id: "a", slug: null }).u, {});
});

Deno.test("idPrefix() never lets two pairs of workspace and id meet", () => {
  const pairs = [["a/b", "c"], ["a", "b/c"], ["a%2Fb", "c"], ["a%252Fb", "c"]] as const;
  assert.equal(new Set(pairs.map(([workspace, id]) => idPrefix(workspace) + id)).size, pairs.length);
});
