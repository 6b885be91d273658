import assert from "node:assert/strict";
import { UnavailableError } from "@/lib/errors.ts";
import { freshDatabase, missingMongo, missingOwnMongo, mongoUri, startMongo } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { duplicateKey, Long, Mongo } from "./mongo.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

Deno.test("Mongo.open() refuses an address that is none, without repeating it", () => {
  for (const uri of ["", "nonsense", "http://a:secret@b/c", "mongodb://user:secret@:bad:/x", "mongodb://"]) {
    assert.throws(() => Mongo.open({ uri }), (error) => {
      assert.ok(error instanceof TypeError, String(error));
      assert.match(error.message, /^Cannot use MONGODB_URI/);
      assert.doesNotMatch(Deno.inspect(error), /secret/);
      return true;
    }, uri);
  }
});

Deno.test("Mongo.open() takes the database from the URI unless told", async () => {
  const names: [string, string | undefined, string][] = [
    ["mongodb://127.0.0.1:1/shop?appName=x", undefined, "shop"],
    ["mongodb://a:b@127.0.0.1:1,127.0.0.1:2/", undefined, "tessera"],
    ["mongodb://127.0.0.1:1", undefined, "tessera"],
    ["mongodb://127.0.0.1:1/shop", "other", "other"],
  ];
  for (const [uri, database, expected] of names) {
    const mongo = Mongo.open({ uri, database });
    assert.equal(mongo.db.databaseName, expected);
    await mongo.close();
  }
});

Deno.test("Mongo throws UnavailableError where nobody answers, within its deadline, and once it is closed", async () => {
  const mongo = Mongo.open({ uri: "mongodb://127.0.0.1:1", waitMs: 200 });
  const start = Date.now();
  for (const call of [() => mongo.ping(), () => mongo.now(), () => mongo.server()]) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof UnavailableError, String(error));
      assert.match(error.message, /^MongoDB cannot .+ at this moment: .*ECONNREFUSED/);
      return true;
    });
  }
  assert.ok(Date.now() - start < 3_000);
  await mongo.close();
  await mongo.close();
  await assert.rejects(mongo.ping(), /the connection is closed/);
});

serverSuite("Mongo", missing, () => {
  Deno.test("Mongo says what the server can, and its time", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    await mongo.ping();
    const server = await mongo.server();
    assert.ok(server.version[0]! >= 5 && server.version.length === 3);
    assert.ok(server.wireVersion >= 13);
    assert.equal(typeof server.sessions, "boolean");
    assert.ok(Math.abs(await mongo.now() - Date.now()) < 60_000);
  });

  Deno.test("Mongo.collection() gives int64 back as a number, or as a bigint where asked", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    const big = 9_007_199_254_740_993n;
    await mongo.collection<{ _id: string; n: unknown; u?: unknown }>("t").insertOne({
      _id: "a",
      n: Long.fromBigInt(7n),
      u: undefined,
    });
    assert.deepEqual(await mongo.collection("t").findOne(), { _id: "a", n: 7 });
    const exact = mongo.collection<{ _id: string; n: bigint }>("t", { int64: "bigint" });
    assert.equal((await exact.findOne({ _id: "a" }))?.n, 7n);
    await exact.insertOne({ _id: "b", n: big });
    assert.equal((await exact.findOne({ n: big }))?._id, "b");
  });

  Deno.test("duplicateKey() knows a unique index that refused, in single and bulk writes", async () => {
    await using fresh = await freshDatabase();
    const t = fresh.open().collection<{ _id: string; slug?: string }>("t");
    await t.createIndex({ slug: 1 }, {
      unique: true,
      name: "bySlug",
      partialFilterExpression: { slug: { $exists: true } },
    });
    await t.insertOne({ _id: "a", slug: "s" });
    const refused = async (work: Promise<unknown>) => await work.then(() => assert.fail("was not refused"), (e) => e);
    assert.equal(duplicateKey(await refused(t.insertOne({ _id: "a" })))?.index, "_id_");
    assert.equal(duplicateKey(await refused(t.insertOne({ _id: "b", slug: "s" })))?.index, "bySlug");
    assert.ok(duplicateKey(await refused(t.insertMany([{ _id: "c" }, { _id: "a" }]))));
    assert.equal(duplicateKey(new Error("E11000")), null);
  });
});

serverSuite("Mongo beside a server that fails", missingOwnMongo(), () => {
  Deno.test("Mongo.run() leaves other errors as they are, and goes on by itself after a restart of the server", async () => {
    const directory = await Deno.makeTempDir();
    const file = `${directory}/mongo.h2`;
    let server = await startMongo({ file });
    const mongo = Mongo.open({ uri: server.uri, waitMs: 300 });
    try {
      const t = mongo.collection<{ _id: number }>("t");
      await mongo.run("write", () => t.insertOne({ _id: 1 }));
      await assert.rejects(mongo.run("write", () => t.insertOne({ _id: 1 })), (error) => duplicateKey(error) !== null);
      await server.kill();
      const start = Date.now();
      await assert.rejects(mongo.run("read", () => t.countDocuments(), { withinMs: 1_000 }), UnavailableError);
      assert.ok(Date.now() - start < 2_000);
      server = await startMongo({ file, port: server.port });
      // A busy machine may need more than one of these short waits until the pool has a connection again.
      let count: number | undefined;
      for (let tries = 0; count === undefined; tries++) {
        count = await mongo.run("read", () => t.countDocuments(), { withinMs: 20_000 }).catch((error) => {
          if (tries > 40) throw error;
          return undefined;
        });
      }
      assert.equal(count, 1);
    } finally {
      await mongo.close();
      await server.stop();
      await Deno.remove(directory, { recursive: true });
    }
  });

  Deno.test("Mongo gives up on a frozen server by its deadline, and goes on when it thaws", async () => {
    const server = await startMongo();
    const mongo = Mongo.open({ uri: server.uri });
    try {
      await mongo.ping();
      server.freeze();
      const start = Date.now();
      await assert.rejects(
        mongo.run("write", () => mongo.collection("t").insertOne({}), { withinMs: 300 }),
        (error) => {
          assert.ok(error instanceof UnavailableError);
          assert.match(error.message, /did not answer in time/);
          return true;
        },
      );
      assert.ok(Date.now() - start < 2_000);
      server.thaw();
      await mongo.ping();
    } finally {
      server.thaw();
      await mongo.close();
      await server.stop();
    }
  });
});
