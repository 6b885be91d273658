/** Killed at any moment, nothing is lost and nothing is there twice: five kills in each mode, and as many as wanted in the soak. */
import assert from "node:assert/strict";
import { filesBelow } from "@/tests/attacks/outside.ts";
import { missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { missingRedis, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { killRounds, SHORT_LEASE } from "./kill_rounds.ts";
import { until, withServers } from "./server_process.ts";
import { withInstances } from "./instances.ts";

const missing = missingMongo() ?? missingRedis();
if (missing === null) {
  await mongoUri();
  await redisUrl();
}

Deno.test("[fault] a server killed at any moment of an upload and its import loses nothing and repeats nothing", () =>
  withServers(async (start, directory) => {
    const { server, files, killedInside } = await killRounds({ rounds: 5, rows: 40_000, start: () => start() });
    assert.ok(killedInside > 0, "no import was under way when its server was killed");
    await until("nothing is left in staging", async () => (await filesBelow(`${directory}/staging`)).length === 0);
    assert.deepEqual(await filesBelow(`${directory}/files/.arriving`), []);
    const kept = (await filesBelow(`${directory}/files/default`)).length;
    assert.equal(kept, files, "each file is kept once");
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0);
  }));

serverSuite("[fault] an instance killed at any moment", missing, () => {
  Deno.test("[fault] an instance killed at any moment of an upload and its import loses nothing and repeats nothing", () =>
    withInstances(async ({ start, mongo }) => {
      const { server, files, killedInside } = await killRounds({
        rounds: 5,
        rows: 1_000,
        start: () => start(SHORT_LEASE),
      });
      assert.ok(killedInside > 0, "no import was under way when its instance was killed");
      const kept = await mongo.collection("raw.files").countDocuments({ filename: /^default/ });
      assert.equal(kept, files, "each file is kept once");
      server.signal("SIGTERM");
      assert.equal(await server.ended, 0);
    }));
});
