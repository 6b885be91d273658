import assert from "node:assert/strict";
import { createLog, silentLog } from "@/lib/log.ts";
import { followVersions, type FollowVersionsOptions } from "./follow_versions.ts";
import { memoryEvents } from "./memory.ts";
import type { Events, LiveEvent } from "./mod.ts";

const dataset = (version: number): LiveEvent => ({ type: "dataset", dataset: "ads", version });

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; !look(); i++) {
    if (i > 1_000) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

/** A store that other instances write to, and how often it was read. */
function makeStore() {
  const store = { standing: [dataset(1)] as LiveEvent[], reads: 0, error: null as Error | null };
  const read = () => {
    store.reads++;
    return store.error ? Promise.reject(store.error) : Promise.resolve(structuredClone(store.standing));
  };
  return { store, read };
}

async function withFollowed(
  options: FollowVersionsOptions,
  work: (events: Events) => Promise<void>,
): Promise<void> {
  const events = followVersions(memoryEvents(), options);
  try {
    await work(events);
  } finally {
    await events.close();
  }
}

Deno.test("followVersions() tells what rose while no message came, once, and nothing at the first reading", async () => {
  const { store, read } = makeStore();
  await withFollowed({ read, log: silentLog, awayMs: 15 }, async (events) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => heard.push(event));
    await until(() => store.reads >= 2);
    assert.deepEqual(heard, []);
    store.standing = [dataset(3), { type: "import", id: "i", state: "running" }];
    await until(() => heard.length >= 2);
    const before = store.reads;
    await until(() => store.reads >= before + 3);
    assert.deepEqual(heard, store.standing);
  });
});

Deno.test("followVersions() does not repeat what was heard, and takes an older version for no news", async () => {
  const { store, read } = makeStore();
  await withFollowed({ read, log: silentLog, awayMs: 15 }, async (events) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => heard.push(event));
    await until(() => store.reads >= 1);
    await events.publish("w", dataset(5));
    store.standing = [dataset(4)];
    const before = store.reads;
    await until(() => store.reads >= before + 2);
    store.standing = [dataset(5)];
    await until(() => store.reads >= before + 4);
    assert.deepEqual(heard, [dataset(5)]);
  });
});

Deno.test("followVersions() reads rarely where messages come, often where they do not, at once when they are back", async () => {
  const { store, read } = makeStore();
  const backs = new Set<() => void>();
  const link = {
    hears: true,
    onHears(listener: () => void) {
      backs.add(listener);
      return () => void backs.delete(listener);
    },
  };
  await withFollowed({ read, log: silentLog, link, awayMs: 15, wellMs: 60_000 }, async (events) => {
    events.subscribe("w", () => {});
    await new Promise((resolve) => setTimeout(resolve, 80));
    assert.equal(store.reads, 1);
    link.hears = false;
    await until(() => store.reads >= 4);
    link.hears = true;
    await new Promise((resolve) => setTimeout(resolve, 30));
    const before = store.reads;
    for (const back of backs) back();
    assert.equal(store.reads, before + 1);
  });
  assert.equal(backs.size, 0);
});

Deno.test("followVersions() reads only for workspaces that somebody listens to; who comes later hears what rose", async () => {
  const { store, read } = makeStore();
  await withFollowed({ read, log: silentLog, awayMs: 15 }, async (events) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(store.reads, 0);
    const end = events.subscribe("w", () => {});
    await until(() => store.reads === 1);
    end();
    end();
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(store.reads, 1);
    store.standing = [dataset(2)];
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => heard.push(event));
    await until(() => heard.length > 0);
    assert.deepEqual(heard, [dataset(2)]);
  });
});

Deno.test("followVersions() says once that it cannot read, goes on, and asks a slow store once at a time", async () => {
  const { store, read } = makeStore();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  let gate: Promise<void> | undefined;
  const slow = () => Promise.all([read(), gate]).then(([standing]) => standing);
  await withFollowed({ read: slow, log, awayMs: 15 }, async (events) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => heard.push(event));
    await until(() => store.reads >= 1);
    store.error = new Error("the store is away");
    const failing = store.reads;
    await until(() => store.reads >= failing + 3);
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /the store is away/);
    store.error = null;
    store.standing = [dataset(2)];
    await until(() => heard.length === 1);
    const open = Promise.withResolvers<void>();
    gate = open.promise;
    const before = store.reads;
    await new Promise((resolve) => setTimeout(resolve, 90));
    assert.ok(store.reads <= before + 1);
    open.resolve();
  });
});
