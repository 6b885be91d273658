import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { createDashboard, deleteDashboard, getDashboard, putDashboard } from "./dashboards.ts";
import { keepVersion } from "./kept_versions.ts";
import { getVersion, listVersions, nameVersion, restoreVersion } from "./versions.ts";

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

Deno.test("listVersions(): every save is one, newest first, with who, when and why", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "One" });
    await putDashboard(services, LOCAL_OWNER, "a", { title: "Two" }, 1, "the second");
    await putDashboard(services, LOCAL_OWNER, "a", { title: "Three" }, 2);
    const versions = await listVersions(services, LOCAL_OWNER, "a");
    assert.deepEqual(versions.map(({ number, note, current }) => [number, note, current]), [
      [3, "", true],
      [2, "the second", false],
      [1, "", false],
    ]);
    assert.ok(
      versions.every(({ author, at }) => author === "local" && Math.abs(Date.parse(at!) - Date.now()) < 60_000),
    );
    assert.equal((await getVersion(services, LOCAL_OWNER, "a", 1)).dashboard.title, "One");
    await assert.rejects(getVersion(services, LOCAL_OWNER, "a", 9), { status: 404 });
  }));

Deno.test("restoreVersion() saves the old as the newest, over the version that was seen", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "One" });
    await putDashboard(services, LOCAL_OWNER, "a", { title: "Two" }, 1);
    await assert.rejects(restoreVersion(services, LOCAL_OWNER, "a", 1, 1), { status: 409 });
    const { doc, version } = await restoreVersion(services, LOCAL_OWNER, "a", 1, 2);
    assert.deepEqual([doc.title, version, doc.saved?.note], ["One", 3, "Version 1 restored"]);
    assert.equal((await getVersion(services, LOCAL_OWNER, "a", 2)).dashboard.title, "Two");
  }));

Deno.test("nameVersion() names old versions and the one that stands, and a name stays when it is saved over", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "One" });
    await nameVersion(services, LOCAL_OWNER, "a", 1, "As agreed");
    assert.equal((await listVersions(services, LOCAL_OWNER, "a"))[0]?.name, "As agreed");
    await putDashboard(services, LOCAL_OWNER, "a", { title: "Two" }, 1);
    assert.deepEqual((await listVersions(services, LOCAL_OWNER, "a")).map(({ name }) => name), ["", "As agreed"]);
    await assert.rejects(nameVersion(services, LOCAL_OWNER, "a", 7, "No"), { status: 404 });
  }));

Deno.test("putDashboard() after a crash between keeping and saving keeps one version once", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "One" });
    const before = await getDashboard(services, LOCAL_OWNER, "a");
    await Promise.all([keepVersion(services, LOCAL_OWNER, before), keepVersion(services, LOCAL_OWNER, before)]);
    assert.equal((await listVersions(services, LOCAL_OWNER, "a")).length, 1);
    await putDashboard(services, LOCAL_OWNER, "a", { title: "Two" }, 1);
    assert.equal((await listVersions(services, LOCAL_OWNER, "a")).length, 2);
  }));

Deno.test("deleteDashboard() takes the versions along: a new one of its id begins its own", () =>
  withServices(async (services) => {
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "One" });
    await putDashboard(services, LOCAL_OWNER, "a", { title: "Two" }, 1);
    await deleteDashboard(services, LOCAL_OWNER, "a");
    await createDashboard(services, LOCAL_OWNER, { id: "a", title: "New" });
    assert.deepEqual((await listVersions(services, LOCAL_OWNER, "a")).map(({ number }) => number), [1]);
  }));
