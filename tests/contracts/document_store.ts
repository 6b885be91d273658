/** What every DocumentStore must do, whatever it is built on. */
import assert from "node:assert/strict";
import { z } from "zod";
import type { Collection, DocumentStore, ListOptions } from "@/lib/documents/mod.ts";
import { ConflictError, InputError } from "@/lib/errors.ts";

const noteSchema = z.looseObject({
  id: z.string(),
  title: z.string().default("untitled"),
  folder: z.string().optional(),
  rank: z.union([z.number(), z.string()]).nullish(),
  slug: z.string().optional(),
});
type Note = z.output<typeof noteSchema>;

/** The collection that the suite works on; other suites may use it too. */
export const notes: Collection<Note> = {
  name: "contract_notes",
  schema: noteSchema,
  indexes: {
    byFolder: { fields: ["folder", "rank"] },
    byRank: { fields: ["rank"] },
    bySlug: { fields: ["slug"], unique: true },
  },
};

const note = (id: string, rest: Partial<Note> = {}): Note => ({ id, title: id, ...rest });

/** An empty store, and what has to be done once it is closed. */
export interface StoreUnderTest {
  store: DocumentStore;
  end?(): Promise<void>;
}

/** Runs the contract; `open` answers an empty store each time. */
export function documentStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  const it = (title: string, run: (store: DocumentStore) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      const { store, end } = await open();
      try {
        await run(store);
      } finally {
        await store.close();
        await end?.();
      }
    });

  async function all(store: DocumentStore, options: ListOptions): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await store.list(notes, "w", { ...options, cursor: cursor ?? undefined });
      ids.push(...page.items.map((item) => item.doc.id));
      cursor = page.cursor;
    } while (cursor);
    return ids;
  }

  it("maintain() answers what it did, changes no document, and may be repeated", async (store) => {
    const created = await store.create(notes, "w", note("a"));
    for (let time = 0; time < 2; time++) {
      const steps = await store.maintain();
      assert.ok(steps.length > 0);
      for (const step of steps) {
        assert.equal(step.part, "documents");
        assert.ok(step.step && step.did, JSON.stringify(step));
        assert.equal(step.problem, undefined);
      }
    }
    assert.deepEqual(await store.get(notes, "w", "a"), created);
  });

  it("bring() keeps version, time and unknown fields, replaces what stood there, and may be repeated", async (store) => {
    await store.create(notes, "w", note("a", { slug: "old" }));
    const doc = note("a", { slug: "new", folder: "f", rank: 2, more: { "$where": "a.b" } });
    const stored = { doc, version: 7, updatedAt: "2026-01-31T12:34:56.789Z" };
    for (let time = 0; time < 2; time++) await store.bring(notes, "w", stored);
    assert.deepEqual(await store.get(notes, "w", "a"), stored);
    assert.deepEqual((await store.list(notes, "w", { index: "byFolder", equals: ["f"] })).items, [stored]);
    assert.deepEqual(await all(store, { index: "bySlug", equals: ["old"] }), []);
    // Changes go on from there.
    assert.equal((await store.put(notes, "w", doc, 7)).version, 8);
    await assert.rejects(store.put(notes, "w", doc, 7), ConflictError);
    await store.create(notes, "w", note("b", { slug: "old" }));
    await assert.rejects(
      store.bring(notes, "w", { ...stored, doc: note("c", { slug: "old" }) }),
      (error) => error instanceof ConflictError && /bySlug|slug/.test(JSON.stringify(error.extra) + error.message),
    );
    assert.equal(await store.get(notes, "w", "c"), null);
    await assert.rejects(store.bring(notes, "w", { ...stored, version: 0 }), TypeError);
    await assert.rejects(store.bring(notes, "w", { ...stored, updatedAt: "yesterday" }), TypeError);
  });

  it("create() stores at version 1 and get() answers it", async (store) => {
    const before = await store.now();
    const created = await store.create(notes, "w", note("a", { folder: "f", rank: 1 }));
    assert.equal(created.version, 1);
    assert.ok(Date.parse(created.updatedAt) >= before - 1);
    assert.deepEqual(await store.get(notes, "w", "a"), created);
    assert.equal(await store.get(notes, "w", "b"), null);
  });

  it("create() refuses an id that is taken and keeps what stands", async (store) => {
    await store.create(notes, "w", note("a", { title: "first" }));
    await assert.rejects(store.create(notes, "w", note("a", { title: "second" })), ConflictError);
    assert.equal((await store.get(notes, "w", "a"))?.doc.title, "first");
  });

  it("create() has one winner among many at once", async (store) => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => store.create(notes, "w", note("a", { title: String(i) }))),
    );
    assert.equal(tries.filter((t) => t.status === "fulfilled").length, 1);
    for (const t of tries) if (t.status === "rejected") assert.ok(t.reason instanceof ConflictError);
  });

  it("put() replaces where the version stands, and names the current one where it does not", async (store) => {
    await store.create(notes, "w", note("a", { extra: 1 }));
    const second = await store.put(notes, "w", note("a", { title: "new" }), 1);
    assert.equal(second.version, 2);
    assert.deepEqual(await store.get(notes, "w", "a"), second);
    assert.equal("extra" in second.doc, false);
    await assert.rejects(store.put(notes, "w", note("a"), 1), (error) => {
      assert.ok(error instanceof ConflictError);
      assert.equal(error.extra.current, 2);
      return true;
    });
    await assert.rejects(store.put(notes, "w", note("never"), 1), (error) => {
      assert.ok(error instanceof ConflictError);
      assert.equal(error.extra.current, null);
      return true;
    });
    assert.equal((await store.get(notes, "w", "a"))?.doc.title, "new");
  });

  it("put() has one winner among many that saw the same version", async (store) => {
    await store.create(notes, "w", note("a"));
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => store.put(notes, "w", note("a", { title: `t${i}` }), 1)),
    );
    const won = tries.flatMap((t) => t.status === "fulfilled" ? [t.value] : []);
    assert.equal(won.length, 1);
    assert.deepEqual(await store.get(notes, "w", "a"), won[0]);
  });

  it("delete() tells whether it was there, and respects an expected version", async (store) => {
    await store.create(notes, "w", note("a"));
    await store.put(notes, "w", note("a"), 1);
    await assert.rejects(store.delete(notes, "w", "a", 1), ConflictError);
    assert.equal(await store.delete(notes, "w", "a", 2), true);
    assert.equal(await store.delete(notes, "w", "a", 2), false);
    assert.equal(await store.delete(notes, "w", "a"), false);
    assert.equal((await store.create(notes, "w", note("a"))).version, 1);
  });

  it("keeps fields that the schema does not know, at any depth", async (store) => {
    const doc = note("a", { future: { deep: [1, { x: null }], "a.b": "$set", $ne: 1 }, emoji: "🧩\u2028\n\"'" });
    await store.create(notes, "w", doc);
    const read = await store.get(notes, "w", "a");
    assert.deepEqual(read?.doc, doc);
    await store.put(notes, "w", { ...read.doc, title: "changed" }, 1);
    assert.deepEqual((await store.get(notes, "w", "a"))?.doc, { ...doc, title: "changed" });
  });

  it("parses what is stored, so defaults appear", async (store) => {
    await store.create(notes, "w", { id: "a" } as Note);
    assert.equal((await store.get(notes, "w", "a"))?.doc.title, "untitled");
    await assert.rejects(store.create(notes, "w", { id: "b", title: 5 } as unknown as Note), { name: "ZodError" });
    assert.equal(await store.get(notes, "w", "b"), null);
  });

  it("keeps workspaces apart everywhere", async (store) => {
    await store.create(notes, "w", note("a", { slug: "s", folder: "f", rank: 1 }));
    await store.create(notes, "other", note("a", { slug: "s", folder: "f", rank: 1, title: "theirs" }));
    assert.equal((await store.get(notes, "w", "a"))?.doc.title, "a");
    assert.equal(await store.delete(notes, "other", "a"), true);
    assert.deepEqual(await all(store, { index: "byFolder", equals: ["f"] }), ["a"]);
    assert.deepEqual(await all(store, { index: "bySlug", equals: ["s"] }), ["a"]);
    assert.deepEqual((await store.list(notes, "other")).items, []);
  });

  it("a unique index refuses equals and names the fields; documents without the field are not held to it", async (store) => {
    await store.create(notes, "w", note("a", { slug: "s" }));
    await store.create(notes, "w", note("b"));
    await store.create(notes, "w", note("c"));
    for (
      const write of [
        () => store.create(notes, "w", note("d", { slug: "s" })),
        () => store.put(notes, "w", note("b", { slug: "s" }), 1),
      ]
    ) {
      await assert.rejects(write(), (error) => {
        assert.ok(error instanceof ConflictError);
        assert.deepEqual(error.extra.fields, ["slug"]);
        return true;
      });
    }
    assert.equal((await store.get(notes, "w", "b"))?.version, 1);
    await store.delete(notes, "w", "a");
    await store.put(notes, "w", note("b", { slug: "s" }), 1);
  });

  it("list() goes by id, in code point order, both ways, page by page", async (store) => {
    const ids = ["b", "a", "B", "ä", "a-2", "a-10", "z", "_"];
    for (const id of ids) await store.create(notes, "w", note(id));
    const sorted = [...ids].sort();
    for (const limit of [1, 2, 3, 7, 8, 100]) {
      assert.deepEqual(await all(store, { limit }), sorted);
      assert.deepEqual(await all(store, { limit, direction: "descending" }), [...sorted].reverse());
    }
    assert.deepEqual(await all(store, { from: "a", to: "a-2" }), ["a", "a-10", "a-2"]);
    const full = await store.list(notes, "w", { limit: ids.length });
    assert.equal(full.cursor, null);
  });

  it("list() goes over an index: equals, range, direction, ties by id, numbers before texts", async (store) => {
    const docs = [
      note("n10", { folder: "f", rank: 10 }),
      note("n9", { folder: "f", rank: 9 }),
      note("n-1", { folder: "f", rank: -1.5 }),
      note("t1", { folder: "f", rank: "1" }),
      note("t2", { folder: "f", rank: "1" }),
      note("big", { folder: "f", rank: 2 ** 53 }),
      note("empty", { folder: "f", rank: "" }),
      note("elsewhere", { folder: "g", rank: 9 }),
      note("no-rank", { folder: "f" }),
      note("null-rank", { folder: "f", rank: null }),
    ];
    for (const doc of docs) await store.create(notes, "w", doc);
    const inFolder = ["n-1", "n9", "n10", "big", "empty", "t1", "t2"];
    for (const limit of [1, 2, 3, 100]) {
      const options = { index: "byFolder", equals: ["f"], limit };
      assert.deepEqual(await all(store, options), inFolder);
      assert.deepEqual(await all(store, { ...options, direction: "descending" }), [...inFolder].reverse());
      assert.deepEqual(await all(store, { ...options, from: 9 }), ["n9", "n10", "big"]);
      assert.deepEqual(await all(store, { ...options, from: 9, to: 10 }), ["n9", "n10"]);
      assert.deepEqual(await all(store, { ...options, to: 9, direction: "descending" }), ["n9", "n-1"]);
      assert.deepEqual(await all(store, { ...options, from: "" }), ["empty", "t1", "t2"]);
      assert.deepEqual(await all(store, { ...options, equals: ["f", "1"] }), ["t1", "t2"]);
      assert.deepEqual(await all(store, { ...options, equals: ["f", 1] }), []);
      assert.deepEqual(await all(store, { index: "byFolder", limit, from: "g" }), ["elsewhere"]);
    }
    assert.deepEqual(await all(store, { index: "byRank", from: 9, to: 9 }), ["elsewhere", "n9"]);
  });

  it("list() follows changes: a put moves a document in its indexes, a delete takes it out", async (store) => {
    await store.create(notes, "w", note("a", { folder: "f", rank: 1 }));
    await store.create(notes, "w", note("b", { folder: "f", rank: 2 }));
    await store.put(notes, "w", note("a", { folder: "f", rank: 3 }), 1);
    assert.deepEqual(await all(store, { index: "byFolder", equals: ["f"] }), ["b", "a"]);
    await store.put(notes, "w", note("a"), 2);
    assert.deepEqual(await all(store, { index: "byFolder", equals: ["f"] }), ["b"]);
    await store.delete(notes, "w", "b");
    assert.deepEqual(await all(store, { index: "byFolder", equals: ["f"] }), []);
  });

  it("list() by cursor neither repeats nor skips what stays while other documents come and go", async (store) => {
    for (let i = 0; i < 10; i++) await store.create(notes, "w", note(`a${i}`, { folder: "f", rank: i }));
    const first = await store.list(notes, "w", { index: "byFolder", equals: ["f"], limit: 5 });
    await store.delete(notes, "w", "a4");
    await store.create(notes, "w", note("new", { folder: "f", rank: 0.5 }));
    const second = await store.list(notes, "w", { index: "byFolder", equals: ["f"], limit: 5, cursor: first.cursor! });
    assert.deepEqual(second.items.map((item) => item.doc.id), ["a5", "a6", "a7", "a8", "a9"]);
    assert.equal(second.cursor, null);
  });

  it("foreign values never become operators", async (store) => {
    await store.create(notes, "w", note("a", { folder: "f", rank: 1 }));
    const operator = { $ne: null } as unknown as string;
    const quotes = `a' or '1'='1`;
    await assert.rejects(store.get(notes, "w", operator), InputError);
    await assert.rejects(store.get(notes, operator, "a"), InputError);
    await assert.rejects(store.delete(notes, "w", operator), InputError);
    await assert.rejects(store.list(notes, "w", { index: "byFolder", equals: [operator] }), InputError);
    await assert.rejects(store.list(notes, "w", { index: "byFolder", equals: ["f"], from: operator }), InputError);
    await assert.rejects(store.create(notes, "w", note("b", { folder: operator })), Error);
    assert.equal(await store.get(notes, "w", quotes), null);
    assert.equal(await store.get(notes, quotes, "a"), null);
    assert.deepEqual(await all(store, { index: "byFolder", equals: [quotes] }), []);
    await store.create(notes, quotes, note(quotes, { folder: quotes }));
    assert.equal((await store.get(notes, quotes, quotes))?.doc.folder, quotes);
    assert.deepEqual(await all(store, {}), ["a"]);
  });

  it("keeps what looks like an operator or a type of a driver as plain values, or refuses it", async (store) => {
    const strange = JSON.parse(`{
      "$where": "sleep(1000)", "a.b": 1, "": "empty", "_bsontype": "ObjectId", "__proto__": {"polluted": true},
      "constructor": {"prototype": 1}, "$set": {"title": "x"}, "nul\\u0000key": 1, "%24": 2, "toJSON": null,
      "nested": [{"$ne": null, "_bsontype": "Code", "code": "x", "__proto__": 5, "x.$y": {"$numberLong": "1"}}],
      "$date": "2026-01-01", "numbers": [0, -1.5, 9007199254740991, 1e300, 5e-324]
    }`) as Record<string, unknown>;
    const doc = Object.defineProperties(note("a", { slug: "s" }), Object.getOwnPropertyDescriptors(strange));
    const expected = JSON.stringify(notes.schema.parse(doc));
    await store.create(notes, "w", doc);
    const read = async () => JSON.stringify((await store.get(notes, "w", "a"))?.doc);
    assert.equal(await read(), expected);
    await store.put(notes, "w", doc, 1);
    assert.equal(await read(), expected);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    for (const value of [{ $ne: null }, { _bsontype: "MinKey" }, ["a"], /a/, true, NaN, Infinity]) {
      await assert.rejects(store.create(notes, "w", note("b", { rank: value as unknown as string })));
      await assert.rejects(store.put(notes, "w", note("a", { rank: value as unknown as string }), 1));
      await assert.rejects(store.create(notes, value as unknown as string, note("b")), InputError);
      await assert.rejects(store.put(notes, value as unknown as string, note("a"), 1), InputError);
      await assert.rejects(store.get(notes, "w", value as unknown as string), InputError);
      await assert.rejects(store.delete(notes, "w", value as unknown as string), InputError);
      await assert.rejects(store.delete(notes, value as unknown as string, "a"), InputError);
      const bound = value as unknown as string;
      await assert.rejects(store.list(notes, "w", { index: "byRank", equals: [bound] }), InputError);
      await assert.rejects(store.list(notes, "w", { index: "byRank", from: bound }));
      await assert.rejects(store.list(notes, "w", { from: bound }));
      await assert.rejects(store.list(notes, "w", { cursor: bound }), InputError);
    }
    for (const version of [{ $gte: 0 }, { _bsontype: "Long" }, "1"]) {
      const expectedVersion = version as unknown as number;
      await assert.rejects(store.put(notes, "w", note("a"), expectedVersion));
      await assert.rejects(store.delete(notes, "w", "a", expectedVersion));
    }
    assert.equal(await read(), expected);
    assert.deepEqual(await all(store, {}), ["a"]);
  });

  it("ids and workspaces may hold any sign without meeting one another", async (store) => {
    const names = ["a/b", "a%2Fb", "a", "b", "a/", "/a", "a.b", "$a", "%", "a b", "Ä", "🧩", "a'\"--"];
    for (const workspace of names) {
      for (const id of names) await store.create(notes, workspace, note(id, { title: `${workspace} ${id}` }));
    }
    for (const workspace of names) {
      const { items } = await store.list(notes, workspace);
      assert.deepEqual(items.map(({ doc }) => doc.id).sort(), [...names].sort());
      for (const { doc } of items) assert.equal(doc.title, `${workspace} ${doc.id}`);
    }
  });

  it("list() by id respects bounds", async (store) => {
    for (const id of ["a", "b", "b2", "c"]) await store.create(notes, "w", note(id));
    for (const limit of [1, 100]) {
      assert.deepEqual(await all(store, { from: "b", limit }), ["b", "b2", "c"]);
      assert.deepEqual(await all(store, { to: "b", limit }), ["a", "b"]);
      assert.deepEqual(await all(store, { from: "b", to: "b9", direction: "descending", limit }), ["b2", "b"]);
      assert.deepEqual(await all(store, { from: 1, limit }), []);
    }
  });

  it("list() refuses a foreign cursor, a bad limit and an index that is not declared", async (store) => {
    for (let i = 0; i < 3; i++) await store.create(notes, "w", note(`a${i}`, { folder: "f", rank: i }));
    const { cursor } = await store.list(notes, "w", { limit: 1 });
    await assert.rejects(store.list(notes, "w", { cursor: "nonsense" }), InputError);
    await assert.rejects(store.list(notes, "w", { cursor: btoa('["",0,{"$gt":""}]') }), InputError);
    await assert.rejects(store.list(notes, "w", { index: "byFolder", equals: ["f"], cursor: cursor! }), InputError);
    await assert.rejects(store.list(notes, "w", { direction: "descending", cursor: cursor! }), InputError);
    for (const limit of [0, -1, 1.5, NaN, 1_001, 1e308]) {
      await assert.rejects(store.list(notes, "w", { limit }), InputError);
    }
    for (const index of ["byTitle", "constructor", "__proto__"]) {
      await assert.rejects(store.list(notes, "w", { index }), TypeError);
    }
  });

  it("list() answers 100 unless told", async (store) => {
    for (let i = 0; i < 101; i++) await store.create(notes, "w", note(`n${i}`));
    const page = await store.list(notes, "w");
    assert.equal(page.items.length, 100);
    assert.ok(page.cursor);
  });

  it("now() is a clock, ping() answers", async (store) => {
    const first = await store.now();
    assert.ok(Math.abs(first - Date.now()) < 60_000);
    assert.ok(await store.now() >= first);
    await store.ping();
  });
}
