/**
 * The switch of several heads. It is made open, every head then notes what it becomes once the switch is thrown, and then
 * it is thrown: one write, after which readers of every head see the change. Whoever takes a head over drops the switch
 * first, so that its publisher, should it thaw, can throw it no more. Thrown and dropped are for ever.
 */
import type { Mongo, MongoCollection } from "@/lib/mongo/mongo.ts";
import { collectionNames, type Head, type SwitchDocument } from "./mongo_layout.ts";

const WITHIN_MS = 20_000;
/** A switch that no head names is still waited for by its publisher, perhaps, for so long. */
const KEPT_MS = 3_600_000;

/** The state of a switch; null where there is none any more. */
export async function readSwitch(
  mongo: Mongo,
  id: string,
  options: () => Record<string, unknown>,
): Promise<SwitchDocument["state"] | null> {
  const found = await mongo.run("see whether a change counts", () => switchesIn(mongo).findOne({ _id: id }, options()));
  return found?.state ?? null;
}

/** Makes a switch. */
export async function openSwitch(mongo: Mongo, workspace: string, id: string): Promise<void> {
  const where = { _id: id };
  const at = new Date(await mongo.now());
  await run(
    mongo,
    () => switchesIn(mongo).updateOne(where, { $setOnInsert: { w: workspace, state: "open", at } }, { upsert: true }),
  );
}

/** Throws it; false where somebody dropped it before. */
export async function throwSwitch(mongo: Mongo, id: string): Promise<boolean> {
  return await decide(mongo, id, "thrown") === "thrown";
}

/** What becomes of a head that waits for it: it was thrown, or is dropped now and can be thrown no more. */
export async function dropSwitch(mongo: Mongo, id: string): Promise<"thrown" | "dropped"> {
  return await decide(mongo, id, "dropped");
}

/** Forgets switches that no head names any more: this one, or all that are long past. Answers how many. */
export async function forgetSwitches(mongo: Mongo, workspace: string, id?: string): Promise<number> {
  const where = id === undefined ? { w: workspace, at: { $lt: new Date(await mongo.now() - KEPT_MS) } } : { _id: id };
  const past = await run(mongo, () => switchesIn(mongo).find(where).toArray());
  let count = 0;
  for (const { _id } of past) {
    const named = await run(mongo, () => headsIn(mongo).findOne({ "joint.switch": _id }, { projection: { _id: 1 } }));
    if (named) continue;
    await run(mongo, () => switchesIn(mongo).deleteOne({ _id }));
    count++;
  }
  return count;
}

async function decide(mongo: Mongo, id: string, state: "thrown" | "dropped"): Promise<"thrown" | "dropped"> {
  return await run(mongo, async () => {
    await switchesIn(mongo).updateOne({ _id: id, state: "open" }, { $set: { state } });
    // Told by what stands, not by what was matched: a write whose answer was lost is done all the same.
    const decided = await switchesIn(mongo).findOne({ _id: id }, { readPreference: "primary" });
    return decided?.state === "thrown" ? "thrown" : "dropped";
  });
}

function switchesIn(mongo: Mongo): MongoCollection<SwitchDocument> {
  return mongo.collection<SwitchDocument>(collectionNames("").switches);
}

function headsIn(mongo: Mongo): MongoCollection<Head> {
  return mongo.collection<Head>(collectionNames("").heads);
}

function run<T>(mongo: Mongo, work: () => Promise<T>): Promise<T> {
  return mongo.run("switch several datasets at once", work, { withinMs: WITHIN_MS });
}
