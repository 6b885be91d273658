import assert from "node:assert/strict";
import { join } from "node:path";
import { readConfig } from "@/lib/config.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { importsCollection } from "@/lib/ingest/imports.ts";
import { silentLog } from "@/lib/log.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { emptyInbox, settleInbox } from "./inbox.ts";

/** An inbox over real documents and files; imports are queued, and the test says how they end. */
async function withInbox(run: (world: World) => Promise<void>, env: Record<string, string> = {}): Promise<void> {
  const dataDir = await Deno.makeTempDir();
  const documents = openSqliteDocuments({ path: ":memory:" });
  const files = await openDiskFiles({ directory: join(dataDir, "files"), stagingDirectory: join(dataDir, "staging") });
  const queued: string[] = [];
  const services = {
    documents,
    files,
    events: memoryEvents(),
    clock: { now: () => new Date() },
    config: readConfig({ DATA_DIR: dataDir, ...env }),
    jobs: {
      enqueue(_workspace: string, job: string, key: string) {
        queued.push(`${job}:${key}`);
        return Promise.resolve();
      },
    },
  };
  const inbox = join(dataDir, "inbox");
  await Deno.mkdir(inbox);
  const context = { workspace: "default", signal: new AbortController().signal, log: silentLog };
  const world: World = {
    inbox,
    queued,
    put: async (path, text, ageMs = 60_000) => {
      await Deno.mkdir(join(inbox, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(inbox, path), text);
      const at = new Date(Date.now() - ageMs);
      await Deno.utime(join(inbox, path), at, at);
    },
    empty: (between = 1) => emptyInbox(services, context, { quietMs: 2_000, betweenLooksMs: between }),
    settle: () => settleInbox(services, context),
    names: async (folder) => {
      const entries = await Array.fromAsync(Deno.readDir(join(inbox, folder))).catch(() => []);
      return entries.filter((entry) => entry.isFile).map((entry) => entry.name).sort();
    },
    imports: async () => (await documents.list(importsCollection, "default")).items.map(({ doc }) => doc),
    end: async (job, change) => {
      const stored = await documents.get(importsCollection, "default", job.id);
      await documents.put(importsCollection, "default", { ...stored!.doc, ...change }, stored!.version);
    },
  };
  try {
    await run(world);
  } finally {
    await documents.close();
    await Deno.remove(dataDir, { recursive: true });
  }
}

interface World {
  inbox: string;
  queued: string[];
  put(path: string, text: string, ageMs?: number): Promise<void>;
  empty(between?: number): Promise<void>;
  settle(): Promise<void>;
  names(folder: string): Promise<string[]>;
  imports(): Promise<ImportJob[]>;
  end(job: ImportJob, change: Partial<ImportJob>): Promise<void>;
}

Deno.test("emptyInbox() imports a file, keeps it in working/ until that is over, and moves it to done/", () =>
  withInbox(async ({ put, empty, settle, names, imports, end, queued }) => {
    await put("ads.csv", "date,spend\n2026-01-01,1\n");
    await empty();
    const [job] = await imports();
    assert.deepEqual([job!.dataset, job!.filename, job!.actor, job!.state], ["ads", "ads.csv", "inbox", "queued"]);
    assert.deepEqual(queued, [`import:${job!.id}`]);
    assert.deepEqual(await names(""), []);
    assert.deepEqual(await names("working"), [`${job!.id}__ads.csv`]);
    await settle();
    assert.equal((await names("working")).length, 1);
    await end(job!, { state: "published" });
    await settle();
    assert.deepEqual(await names("working"), []);
    assert.deepEqual(await names("done"), ["ads.csv"]);
    await empty();
    assert.equal((await imports()).length, 1, "done/ and working/ are no inboxes");
  }));

Deno.test("emptyInbox() moves a file whose import failed to failed/, beside a text that says why", () =>
  withInbox(async ({ inbox, put, empty, settle, names, imports, end }) => {
    for (const text of ["a,b\n1,2\n", "a,b\n3,4\n"]) {
      await put("bad.csv", text);
      await empty();
      const job = (await imports()).at(-1)!;
      await end(job, { state: "failed", error: { code: "no-date", message: "No column holds dates" } });
      await settle();
    }
    assert.deepEqual(await names("failed"), ["bad-2.csv", "bad-2.csv.txt", "bad.csv", "bad.csv.txt"]);
    assert.match(await Deno.readTextFile(join(inbox, "failed", "bad.csv.txt")), /^No column holds dates\nImport: /);
    assert.equal(await Deno.readTextFile(join(inbox, "failed", "bad-2.csv")), "a,b\n3,4\n");
  }));

Deno.test("emptyInbox() leaves alone what still grows, is half-named, hidden or a link", () =>
  withInbox(async ({ inbox, put, empty, imports, names }) => {
    await put("fresh.csv", "x", 500);
    await put("arriving.csv.part", "x");
    await put(".hidden.csv", "x");
    await put("growing.csv", "x");
    await Deno.symlink("/etc/hostname", join(inbox, "link.csv"));
    const emptying = empty(60);
    setTimeout(() => Deno.writeTextFileSync(join(inbox, "growing.csv"), "y", { append: true }), 20);
    await emptying;
    assert.deepEqual(await imports(), []);
    assert.deepEqual(await names("working"), []);
    await put("fresh.csv", "x");
    await put("growing.csv", "xy");
    await empty();
    assert.deepEqual((await imports()).map((job) => job.filename).sort(), ["fresh.csv", "growing.csv"]);
  }));

Deno.test("emptyInbox() takes the dataset from the folder, and ignores folders that are none", () =>
  withInbox(async ({ put, empty, imports, names }) => {
    await put("orders/shop.csv", "x,y\n1,2\n");
    await put("elsewhere/shop.csv", "x,y\n3,4\n");
    await empty();
    assert.deepEqual((await imports()).map((job) => job.dataset), ["orders"]);
    assert.deepEqual(await names("elsewhere"), ["shop.csv"]);
  }));

Deno.test("emptyInbox() says why a file cannot be taken at all", () =>
  withInbox(async ({ inbox, put, empty, imports, names }) => {
    await put("huge.csv", "x".repeat(100));
    await empty();
    assert.deepEqual(await imports(), []);
    assert.deepEqual(await names("failed"), ["huge.csv", "huge.csv.txt"]);
    assert.match(await Deno.readTextFile(join(inbox, "failed", "huge.csv.txt")), /larger than 50 bytes/);
  }, { MAX_UPLOAD_BYTES: "50" }));

Deno.test("emptyInbox() is at ease without a folder", () =>
  withInbox(async ({ inbox, empty, imports }) => {
    await Deno.remove(inbox);
    await empty();
    assert.deepEqual(await imports(), []);
  }));

Deno.test("emptyInbox() takes rows as JSON, one a line, and says which line is none", () =>
  withInbox(async ({ inbox, put, empty, names, imports }) => {
    await put("web/rows.ndjson", '{"date":"2026-01-01","users":1}\n');
    await put("bad.jsonl", '{"date":"2026-01-01"}\n[1]\n');
    await empty();
    const [job, ...others] = await imports();
    assert.deepEqual([job!.dataset, job!.filename, job!.bytes], [
      "web",
      "rows.ndjson",
      "date,users\n2026-01-01,1\n".length,
    ]);
    assert.deepEqual(others, []);
    assert.deepEqual(await names("failed"), ["bad.jsonl", "bad.jsonl.txt"]);
    assert.match(await Deno.readTextFile(join(inbox, "failed", "bad.jsonl.txt")), /line 2: it is no object/);
  }));
