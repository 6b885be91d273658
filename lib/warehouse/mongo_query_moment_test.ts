import assert from "node:assert/strict";
import { InputError, UnavailableError } from "@/lib/errors.ts";
import type { MongoCollection } from "@/lib/mongo/mongo.ts";
import { adsFacts } from "@/tests/queries/fixture.ts";
import { createMongoFacts } from "@/tests/queries/mongo_facts.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { atOneMoment, hasSnapshots, type ReadFacts, readOptions } from "./mongo_query_moment.ts";
import { VersionMemory } from "./version_memory.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

Deno.test("hasSnapshots() asks for sessions, members to agree with, and a server that knows them", () => {
  const set = { version: [8, 0, 0], wireVersion: 25, sessions: true, replicated: true };
  assert.equal(hasSnapshots(set), true);
  assert.equal(hasSnapshots({ ...set, wireVersion: 12 }), false);
  assert.equal(hasSnapshots({ ...set, replicated: false }), false);
  assert.equal(hasSnapshots({ ...set, sessions: false }), false);
});

Deno.test("readOptions() limits the time, and reads what a majority has or what the snapshot holds", () => {
  const plain = { maxTimeMS: 30_000, readPreference: "primary", readConcern: { level: "majority" } };
  assert.deepEqual(readOptions({ readPreference: "primary" }), plain);
  assert.deepEqual(readOptions({ readPreference: "primary", natural: true }), { ...plain, hint: { _id: 1 } });
  const session = { id: "a snapshot's" } as never;
  const fromSecondary = readOptions({ readPreference: "secondaryPreferred", session });
  const snapshot = { readPreference: "secondaryPreferred", readConcern: { level: "snapshot" }, session };
  assert.deepEqual(fromSecondary, { ...plain, ...snapshot });
  assert.notEqual(fromSecondary.readConcern, readOptions({ readPreference: "primary", session }).readConcern);
});

async function withAds(work: (read: ReadFacts) => Promise<void>): Promise<void> {
  await using database = await freshDatabase();
  const { read } = await createMongoFacts(database.open(), adsFacts);
  await work(read);
}

const settings = () => ({ memory: new VersionMemory() });

serverSuite("reading at one moment", missing, () => {
  Deno.test("atOneMoment() reads again what somebody wrote to meanwhile, at the same version", () =>
    withAds(async (read) => {
      const server = await read.mongo.server();
      const seen: { version: number; head: number; allowsRollups: boolean }[] = [];
      const memory = new VersionMemory();
      const answer = await atOneMoment(read, { memory }, 4, async (moment) => {
        seen.push({ version: moment.version, head: moment.head.version, allowsRollups: moment.allowsRollups });
        const known = await moment.recall("n", () => Promise.resolve(seen.length));
        if (seen.length === 1) {
          await read.heads.updateOne({ _id: read.headId }, { $set: { version: 6, reserved: 6 } });
        }
        return known;
      });
      const first = { version: 4, head: 4, allowsRollups: true };
      // A snapshot is of one moment by itself; elsewhere what was read before does not count, nor is it remembered.
      const again = { version: 4, head: 6, allowsRollups: false };
      assert.deepEqual([answer, seen], hasSnapshots(server) ? [1, [first]] : [2, [first, again]]);
      assert.equal(await memory.at(read.headId, 4).recall("n", () => Promise.resolve(0)), answer);
    }));

  Deno.test("atOneMoment() keeps away from rollups and moving indexes while somebody writes", () =>
    withAds(async (read) => {
      const server = await read.mongo.server();
      for (const pending of ["pendingVersion", "pendingGeneration"]) {
        await read.heads.updateOne({ _id: read.headId }, { $set: { [pending]: 9 } });
        const allowed = await atOneMoment(read, settings(), null, (moment) => Promise.resolve(moment.allowsRollups));
        assert.equal(allowed, hasSnapshots(server), pending);
        await read.heads.updateOne({ _id: read.headId }, { $set: { [pending]: null } });
      }
      assert.equal(
        await atOneMoment(read, settings(), null, ({ allowsRollups }) => Promise.resolve(allowsRollups)),
        true,
      );
    }));

  Deno.test("atOneMoment() refuses versions past their keeping time, also when they pass it meanwhile", () =>
    withAds(async (read) => {
      const isRefused = (error: unknown) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.code, "unknown-as-of");
        return true;
      };
      const keep = (kept: number) => read.heads.updateOne({ _id: read.headId }, { $set: { kept } });
      const server = await read.mongo.server();
      const during = () => atOneMoment(read, settings(), 2, async () => void await keep(4));
      if (!hasSnapshots(server)) await assert.rejects(during, isRefused);
      await keep(4);
      await assert.rejects(() => atOneMoment(read, settings(), 2, () => Promise.resolve()), isRefused);
      assert.equal(await atOneMoment(read, settings(), 4, ({ version }) => Promise.resolve(version)), 4);
    }));

  Deno.test("atOneMoment() answers nothing of a dataset that was never written to", () =>
    withAds(async (read) => {
      const nowhere = { ...read, headId: "default/none" };
      assert.equal(await atOneMoment(nowhere, settings(), 1, () => Promise.resolve("read")), null);
    }));

  Deno.test("a question that takes too long says so, and is not asked again", () =>
    withAds(async (read) => {
      let asked = 0;
      const slow = {
        aggregate() {
          asked++;
          const expired = { name: "MongoServerError", code: 50, codeName: "MaxTimeMSExpired" };
          throw Object.assign(new Error("operation exceeded time limit"), expired);
        },
      } as unknown as Pick<MongoCollection, "aggregate">;
      const ask = () => atOneMoment(read, settings(), null, (moment) => moment.read(slow, []));
      await assert.rejects(ask, (error) => {
        assert.ok(error instanceof UnavailableError);
        assert.match(error.message, /took longer than 30 s; ask for fewer days or dimensions/);
        return true;
      });
      assert.equal(asked, 1);
    }));
});
