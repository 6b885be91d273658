/** Uploads through several instances over one MongoDB: no instance knows more of a file than another. */
import assert from "node:assert/strict";
import { sendChunks } from "@/components/imports/send_chunks.ts";
import { missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { missingRedisProgram } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { fileOf, hashOf, sender, uploadOf } from "./chunk_sender.ts";
import { withInstances } from "./instances.ts";
import { until } from "./server_process.ts";

const missing = missingMongo() ?? missingRedisProgram();
if (missing === null) await mongoUri();

async function ended(origin: string, id: string) {
  return await until("the import", async () => {
    const job = await (await fetch(`${origin}/api/imports/${id}`)).json();
    return !["uploading", "queued", "running"].includes(job.state) && job;
  }, 90_000);
}

serverSuite("uploads through several instances", missing, () => {
  Deno.test("[fault] each piece of a file reaches another instance, and one of them is killed meanwhile", () =>
    withInstances(async ({ start }) => {
      const instances = [await start(), await start()];
      const file = fileOf(6_000, 900);
      let requests = 0;
      let pieces = 0;
      const upload = uploadOf(() => instances[requests++ % instances.length]!.origin);
      const send = upload.send;
      const id = await sendChunks(file, {
        ...upload,
        async send(request) {
          if (request.method === "PATCH" && ++pieces === 2) {
            instances[0]!.signal("SIGKILL");
            await instances[0]!.ended;
            instances[0] = await start();
          }
          return await send(request);
        },
      });
      const job = await ended(instances[1]!.origin, id);
      assert.ok(pieces >= 3, `${pieces} pieces`);
      assert.deepEqual([job.state, job.sha256, job.counts.inserted], ["published", await hashOf(file), 6_000]);
    }));

  Deno.test("[fault] the same file through two instances at the same time is one import", () =>
    withInstances(async ({ start }) => {
      const instances = [await start(), await start()];
      const file = fileOf(2_000);
      const sent = await Promise.all(instances.map(async ({ origin }) => {
        const path = `${origin}/api/imports?dataset=ads&filename=a.csv`;
        return (await (await fetch(path, { method: "POST", body: file })).json()).id as string;
      }));
      const jobs = await Promise.all(sent.map((id) => ended(instances[0]!.origin, id)));
      assert.deepEqual(jobs.map(({ state }) => state).toSorted(), ["duplicate", "published"]);
      const { state } = await (await fetch(`${instances[1]!.origin}/api/datasets/ads`)).json();
      assert.deepEqual([state.version, state.rows], [1, 2_000]);
      // In pieces, under one key, to both at once: one upload, so one import.
      const other = fileOf(6_000, 700);
      const ids = await Promise.all(instances.map(({ origin }) => {
        const upload = uploadOf(() => origin);
        return sendChunks(other, { ...upload, send: sender(() => origin) });
      }));
      assert.equal(new Set(ids).size, 1);
      const whole = await ended(instances[1]!.origin, ids[0]!);
      assert.deepEqual([whole.state, whole.sha256], ["published", await hashOf(other)]);
    }));
});
