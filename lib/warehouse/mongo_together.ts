/** Acts that count together: each is written under versions of its dataset, and one switch makes all of them count. */
import { UnavailableError } from "@/lib/errors.ts";
import { newId } from "@/lib/model/mod.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import { type MongoFacts, mongoFacts } from "./mongo_facts.ts";
import { forgetSwitches, openSwitch, throwSwitch } from "./mongo_switch.ts";
import { joinVersions } from "./mongo_versions.ts";
import { asWriters, type Writer, type WriterTimes } from "./mongo_writer.ts";
import type { Act, PublishResult } from "./mod.ts";

/** Does one act, up to the switch. */
export type Perform = (facts: MongoFacts, writer: Writer, act: Act) => Promise<PublishResult>;

/** Does them as the only writer of every dataset concerned, each on top of those before it. */
export async function actTogether(
  mongo: Mongo,
  times: WriterTimes,
  acts: Act[],
  perform: Perform,
): Promise<PublishResult[]> {
  const every = new Map(acts.map(({ ref }) => [ref.dataset.id, mongoFacts(mongo, ref)]));
  const datasets = [...every.keys()];
  const joint = every.size > 1 ? { id: newId(), workspace: acts[0]!.ref.workspace } : null;
  try {
    return await asWriters([...every.values()], times, async (writers) => {
      const results: PublishResult[] = [];
      for (const act of acts) {
        const { id } = act.ref.dataset;
        const writer = writers[datasets.indexOf(id)]!;
        const expectedVersion = writer.versions.length === 0 ? act.expectedVersion : writer.head.version;
        results.push(await perform(every.get(id)!, writer, { ...act, expectedVersion }));
      }
      for (const [place, id] of datasets.entries()) await joinVersions(every.get(id)!, writers[place]!.versions);
      await makeCount(mongo, writers, joint);
      return results;
    });
  } finally {
    // By now every head has written down what became of it; where one could not, its successor will.
    if (joint) await forgetSwitches(mongo, joint.workspace, joint.id).catch(ignoreUnavailable);
  }
}

/** The switch: of one head, or of all of them. */
async function makeCount(
  mongo: Mongo,
  writers: Writer[],
  joint: { id: string; workspace: string } | null,
): Promise<void> {
  const changed = writers.filter(({ versions }) => versions.length > 0);
  if (changed.length <= 1 || !joint) {
    for (const writer of changed) await writer.publish();
    return;
  }
  await openSwitch(mongo, joint.workspace, joint.id);
  for (const writer of changed) await writer.join(joint.id);
  if (await throwSwitch(mongo, joint.id)) return;
  throw new UnavailableError(
    "Cannot go on changing several datasets: this process did not answer for some time, and another took one of them " +
      "over; nothing was changed, try again",
  );
}

/** What is not forgotten now is with the next upkeep. */
function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof UnavailableError)) throw error;
}
