import assert from "node:assert/strict";
import { startTestApp } from "@/tests/test_app.ts";
import { listUpkeep, runUpkeep } from "./upkeep.ts";

Deno.test("runUpkeep() looks after every store that holds something, and keeps a report of it", async () => {
  const app = await startTestApp();
  try {
    const csv = "date,platform,account,campaign,impressions\n2026-01-01,google_ads,A,One,1000\n";
    const made = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv });
    const { id } = await made.json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((r) => setTimeout(r, 50));
    }
    const context = { workspace: "default", signal: new AbortController().signal, log: app.services.log };
    const report = await runUpkeep(app.services, context);
    assert.deepEqual(report.steps.map(({ part, step }) => `${part} ${step}`), [
      "warehouse statistics",
      "warehouse checkpoint",
      "documents statistics",
      "documents checkpoint",
    ]);
    assert.match(report.steps[0]!.did, /^statistics of the [1-9]\d* tables of Ads$/);
    const checkpoint = /^(the log was empty|.* of log are in the file); \d+ of its [1-9]\d* blocks are free$/;
    assert.match(report.steps[1]!.did, checkpoint);
    assert.ok(report.steps.every(({ problem }) => problem === undefined));
    // The nightly run may have had its turn already, at the start of the process.
    assert.deepEqual((await listUpkeep(app.services, "default"))[0], report);

    const again = await runUpkeep(app.services, context);
    assert.match(again.steps[1]!.did, checkpoint);
    assert.deepEqual((await listUpkeep(app.services, "default", 2)).map(({ id }) => id), [again.id, report.id]);
  } finally {
    await app.close();
  }
});
