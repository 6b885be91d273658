import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { ConflictError } from "@/lib/errors.ts";
import type { LiveEvent } from "@/lib/events/mod.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { createDashboard, deleteDashboard, getDashboard, listDashboards, putDashboard } from "./dashboards.ts";

async function withServices(work: (services: Parameters<typeof getDashboard>[0]) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  const documents = openSqliteDocuments({ path: `${directory}/a.sqlite` });
  const events = memoryEvents();
  try {
    await work({ documents, events });
  } finally {
    await documents.close();
    await events.close();
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("createDashboard() makes an id, and fills what was left out", () =>
  withServices(async (services) => {
    const { doc, version } = await createDashboard(services, LOCAL_OWNER, { title: "  Weekly  " });
    assert.equal(version, 1);
    assert.equal(doc.title, "Weekly");
    assert.deepEqual(doc.placements, []);
    assert.deepEqual((await listDashboards(services, LOCAL_OWNER)).map((stored) => stored.doc.id), [doc.id]);
  }));

Deno.test("createDashboard() names the field that does not fit", () =>
  withServices(async (services) => {
    await assert.rejects(createDashboard(services, LOCAL_OWNER, { title: "" }), { status: 400, message: /title/ });
  }));

Deno.test("putDashboard() keeps fields that it does not know, and tells open pages", () =>
  withServices(async (services) => {
    const heard: LiveEvent[] = [];
    services.events.subscribe("default", (event) => heard.push(event));
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "A", later: { x: 1 } });
    const { doc, version } = await putDashboard(services, LOCAL_OWNER, "a", { title: "B", later: { x: 2 } }, 1);
    assert.equal(version, 2);
    assert.deepEqual(doc.later, { x: 2 });
    assert.deepEqual(heard, [{ type: "dashboard", id: "a", version: 2 }]);
  }));

Deno.test("putDashboard() over an older version loses neither side", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "A" });
    await putDashboard(services, LOCAL_OWNER, "a", { title: "First" }, 1);
    const error = await putDashboard(services, LOCAL_OWNER, "a", { title: "Second" }, 1).catch((e) => e);
    assert.ok(error instanceof ConflictError);
    assert.equal((error.extra.current as { title: string }).title, "First");
    assert.equal((error.extra.current as { version: number }).version, 2);
    assert.equal((error.extra.yours as { title: string }).title, "Second");
  }));

Deno.test("putDashboard() asks for the version the change started from", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "A" });
    await assert.rejects(putDashboard(services, LOCAL_OWNER, "a", { title: "B" }, undefined), { status: 428 });
  }));

Deno.test("deleteDashboard() deletes once, and only the version that was seen", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "A" });
    await assert.rejects(deleteDashboard(services, LOCAL_OWNER, "a", 7), { status: 409 });
    await deleteDashboard(services, LOCAL_OWNER, "a", 1);
    await assert.rejects(deleteDashboard(services, LOCAL_OWNER, "a"), { status: 404 });
    await assert.rejects(getDashboard(services, LOCAL_OWNER, "a"), { status: 404 });
  }));
