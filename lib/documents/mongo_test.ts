import assert from "node:assert/strict";
import { z } from "zod";
import { ConflictError, UnavailableError } from "@/lib/errors.ts";
import { startTcpProxy } from "@/tests/faults/tcp_proxy.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { migrateMongoDocuments } from "./migrate_mongo_documents.ts";
import type { Collection } from "./mod.ts";
import { openMongoDocuments } from "./mongo.ts";

type Thing = { id: string; group?: string; n?: number };
const schema = z.looseObject({ id: z.string(), group: z.string().optional(), n: z.number().optional() });
const things: Collection<Thing> = { name: "things", schema, indexes: { byGroup: { fields: ["group", "n"] } } };
const unique: Collection<Thing> = { ...things, indexes: { byGroup: { fields: ["group"], unique: true } } };

const missing = missingMongo();
if (missing === null) await mongoUri();

serverSuite("openMongoDocuments()", missing, () => {
  Deno.test("openMongoDocuments() shares documents with every other client, with the same version and time", async () => {
    await using fresh = await freshDatabase();
    const [first, second] = [fresh.open(), fresh.open()].map((mongo) => openMongoDocuments({ mongo }));
    const created = await first!.create(things, "w", { id: "a", group: "g" });
    assert.deepEqual(await second!.get(things, "w", "a"), created);
    const changed = await second!.put(things, "w", { id: "a", group: "h" }, 1);
    assert.deepEqual(await first!.get(things, "w", "a"), changed);
    assert.ok(changed.updatedAt >= created.updatedAt);
  });

  Deno.test("openMongoDocuments() makes a changed index over what is there", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    const first = openMongoDocuments({ mongo });
    await first.create(things, "w", { id: "a", group: "g", n: 2 });
    await first.create(things, "w", { id: "b", group: "h", n: 1 });
    const second = openMongoDocuments({ mongo });
    const changed = { ...things, indexes: { byN: { fields: ["n"] }, bySlug: { fields: ["group"], unique: true } } };
    assert.deepEqual((await second.list(changed, "w", { index: "byN" })).items.map((i) => i.doc.id), ["b", "a"]);
    await assert.rejects(second.create(changed, "w", { id: "c", group: "g" }), (error) => {
      assert.ok(error instanceof ConflictError);
      assert.deepEqual([error.extra.index, error.extra.fields], ["bySlug", ["group"]]);
      return true;
    });
    await second.create(changed, "other", { id: "c", group: "g" });
  });

  Deno.test("openMongoDocuments() says which documents stand against a new unique index, and goes on once they do not", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    const first = openMongoDocuments({ mongo });
    await first.create(things, "w", { id: "a", group: "g" });
    await first.create(things, "w", { id: "b", group: "g" });
    const second = openMongoDocuments({ mongo });
    await assert.rejects(
      second.get(unique, "w", "a"),
      /Cannot make the unique index of things over group: documents of/,
    );
    await first.delete(things, "w", "b");
    assert.equal((await second.get(unique, "w", "a"))?.doc.group, "g");
    await assert.rejects(second.create(unique, "w", { id: "b", group: "g" }), ConflictError);
  });

  Deno.test("migrateMongoDocuments() makes what is declared, drops what is not, and may be repeated", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    assert.deepEqual(await migrateMongoDocuments(mongo, [things, { ...things, name: "empty", indexes: {} }]), []);
    const indexes = async () =>
      (await mongo.collection("doc_things").listIndexes().toArray()).map(({ name }) => name).sort();
    assert.deepEqual(await indexes(), ["_id_", "by.group.n"]);
    assert.deepEqual(await migrateMongoDocuments(mongo, [unique]), ["dropped by.group.n of things"]);
    assert.deepEqual(await migrateMongoDocuments(mongo, [unique]), []);
    assert.deepEqual(await indexes(), ["_id_", "by.group", "unique.group"]);
  });

  Deno.test("openMongoDocuments() refuses names that are no plain names", async () => {
    await using fresh = await freshDatabase();
    const store = openMongoDocuments({ mongo: fresh.open() });
    for (const drop of ["x.$y", "$where", "", "system.users", "a\0"]) {
      await assert.rejects(store.get({ ...things, name: drop }, "w", "a"), TypeError);
      await assert.rejects(store.get({ ...things, indexes: { [drop]: { fields: ["n"] } } }, "w", "a"), TypeError);
      await assert.rejects(store.get({ ...things, indexes: { i: { fields: [drop] } } }, "w", "a"), TypeError);
    }
  });

  Deno.test("a write whose answer is lost counts once, and is answered as done", async () => {
    await using fresh = await freshDatabase();
    const proxy = startTcpProxy({ port: Number(new URL(fresh.uri).port) });
    const mongo = fresh.open({ uri: `mongodb://127.0.0.1:${proxy.port}` });
    const store = openMongoDocuments({ mongo });
    /** Loses every answer for as long as it takes one request to arrive. */
    const losingAnswers = async <T>(work: () => Promise<T>): Promise<T> => {
      await mongo.ping();
      proxy.set({ cutAfter: { down: 0 } });
      const result = work();
      setTimeout(() => proxy.set({}), 120);
      return await result;
    };
    try {
      await store.get(unique, "w", "warm");
      for (let i = 0; i < 2; i++) {
        const id = `t${i}`;
        const created = await losingAnswers(() => store.create(unique, "w", { id, group: id }));
        assert.equal(created.version, 1);
        const changed = await losingAnswers(() => store.put(unique, "w", { id, group: id, n: 1 }, 1));
        assert.equal(changed.version, 2);
        assert.deepEqual(await store.get(unique, "w", id), changed);
        // Whoever comes later with the same is refused as ever.
        await assert.rejects(losingAnswers(() => store.create(unique, "w", { id, group: id })), ConflictError);
        await assert.rejects(losingAnswers(() => store.put(unique, "w", { id, group: id }, 1)), ConflictError);
        assert.equal(await losingAnswers(() => store.delete(unique, "w", id, 2)), true);
        assert.equal(await store.get(unique, "w", id), null);
      }
    } finally {
      await mongo.close();
      await proxy.close();
    }
  });

  Deno.test("openMongoDocuments() says that it is unavailable once its client is closed", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    const store = openMongoDocuments({ mongo });
    await store.get(things, "w", "a");
    await mongo.close();
    await assert.rejects(store.ping(), UnavailableError);
    await assert.rejects(store.get(things, "w", "a"), UnavailableError);
    await assert.rejects(store.create(things, "w", { id: "a" }), UnavailableError);
    await assert.rejects(store.now(), UnavailableError);
  });
});
