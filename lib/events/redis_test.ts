import assert from "node:assert/strict";
import { Redis } from "@/lib/redis/redis.ts";
import { freshPrefix, missingRedis, PATIENT, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import type { Events, LiveEvent } from "./mod.ts";
import { redisEvents } from "./redis.ts";

const missing = missingRedis();
const url = missing === null ? await redisUrl() : "";

const dataset = (version: number): LiveEvent => ({ type: "dataset", dataset: "ads", version });

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; !look(); i++) {
    if (i > 1_000) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

/** Two instances, and a door of their own to what lies between them. */
async function withTwo(
  work: (instances: { a: Events; b: Events; doors: Redis[]; prefix: string }) => Promise<void>,
): Promise<void> {
  const doors = [1, 2, 3].map(() => Redis.open({ url, ...PATIENT }));
  const prefix = freshPrefix();
  const [a, b] = doors.map((redis) => redisEvents({ redis, prefix }));
  try {
    await work({ a: a!, b: b!, doors, prefix });
  } finally {
    await a!.close();
    await b!.close();
    await Promise.all(doors.map((redis) => redis.close()));
  }
}

serverSuite("redis events of several instances", missing, () => {
  Deno.test("an event reaches the listeners of every instance in order, its own at once, and each once", async () => {
    await withTwo(async ({ a, b, doors }) => {
      const atA: LiveEvent[] = [];
      const atB: LiveEvent[] = [];
      a.subscribe("w", (event) => atA.push(event));
      b.subscribe("w", (event) => atB.push(event));
      b.subscribe("other", () => assert.fail("another workspace heard it"));
      await until(() => doors[0]!.hears && doors[1]!.hears);
      for (let version = 1; version <= 50; version++) {
        await a.publish("w", dataset(version));
        assert.equal(atA.length, version);
      }
      await until(() => atB.length === 50);
      await b.publish("w", dataset(51));
      await until(() => atA.length === 51);
      const all = Array.from({ length: 51 }, (_, i) => dataset(i + 1));
      assert.deepEqual(atA, all);
      assert.deepEqual(atB, all);
    });
  });

  Deno.test("what is no event of ours is not told, and does no harm", async () => {
    await withTwo(async ({ a, doors, prefix }) => {
      const heard: LiveEvent[] = [];
      a.subscribe("w", (event) => heard.push(event));
      await until(() => doors[0]!.hears);
      const wrong = [
        "",
        "rubbish",
        "null",
        '{"from":"x"}',
        '{"from":"x","event":{"type":"nonsense"}}',
        "[".repeat(9_999),
      ];
      for (const text of wrong) await doors[2]!.send("PUBLISH", `${prefix}:events:w`, text);
      const right = JSON.stringify({ from: "x", event: dataset(1) });
      await doors[2]!.send("PUBLISH", `${prefix}:events:w`, right);
      await until(() => heard.length > 0);
      assert.deepEqual(heard, [dataset(1)]);
    });
  });

  Deno.test("a workspace without listeners is not heard any more", async () => {
    await withTwo(async ({ a, doors, prefix }) => {
      const ends = [1, 2].map(() => a.subscribe("w", () => {}));
      const listening = async () => {
        const [, count] = await doors[2]!.send("PUBSUB", "NUMSUB", `${prefix}:events:w`) as [unknown, number];
        return count;
      };
      await until(() => doors[0]!.hears);
      assert.equal(await listening(), 1);
      for (const end of ends) {
        end();
        end();
      }
      for (let i = 0; await listening() > 0; i++) assert.ok(i < 1_000, "still subscribed");
    });
  });
});
