import assert from "node:assert/strict";
import { readConfig } from "@/lib/config.ts";
import { deleteDashboard, listDashboards } from "@/lib/dashboard/dashboards.ts";
import { listImports } from "@/lib/ingest/imports.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { openServices } from "@/lib/open_services.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { registry } from "@/widgets/mod.ts";
import { makeDemo } from "./make_demo.ts";

Deno.test("makeDemo() fills an empty workspace once, and leaves one with data alone", async () => {
  const dataDir = await Deno.makeTempDir();
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: "error" });
  const opened = await openServices(config, { sources: sourceRegistry([]), widgets: registry });
  const services = { ...opened, clock: { now: () => new Date("2026-11-23T08:00:00Z") } };
  try {
    const job = await makeDemo(services, LOCAL_OWNER);
    assert.equal(job?.filename, "demo-to-2026-11-22.csv");
    assert.equal(job?.state, "queued");
    const dashboards = await listDashboards(services, LOCAL_OWNER);
    assert.deepEqual(dashboards.map(({ doc }) => doc.id), ["marketing-overview"]);

    assert.equal(await makeDemo(services, LOCAL_OWNER), null);
    await deleteDashboard(services, LOCAL_OWNER, "marketing-overview");
    assert.equal(await makeDemo(services, LOCAL_OWNER), null);
    assert.equal((await listImports(services, LOCAL_OWNER, { limit: 10 })).imports.length, 1);
  } finally {
    await opened.close();
    await Deno.remove(dataDir, { recursive: true });
  }
});
