/** What every Events must do, whatever it is built on. */
import assert from "node:assert/strict";
import type { Events, LiveEvent } from "@/lib/events/mod.ts";

const dataset = (version: number): LiveEvent => ({ type: "dataset", dataset: "ads", version });

/** Runs the contract; `settle` waits until what was published has arrived, `close` closes what is behind it. */
export function eventsContract(
  name: string,
  open: () => Promise<{ events: Events; settle(): Promise<void>; close?(): Promise<void> }>,
): void {
  const it = (title: string, run: (events: Events, settle: () => Promise<void>) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      const { events, settle, close } = await open();
      try {
        await run(events, settle);
      } finally {
        await events.close();
        await close?.();
      }
    });

  it("publish() reaches every listener of the workspace, in order, from now on", async (events, settle) => {
    const first: LiveEvent[] = [];
    const second: LiveEvent[] = [];
    await events.publish("w", dataset(1));
    events.subscribe("w", (event) => first.push(event));
    events.subscribe("w", (event) => second.push(event));
    await events.publish("w", dataset(2));
    await events.publish("w", { type: "import", id: "i", state: "running" });
    await events.publish("w", { type: "dashboard", id: "d", version: 3 });
    const here = { type: "presence", dashboard: "d", editor: "e", actor: "local", state: "here" } as const;
    await events.publish("w", here);
    await settle();
    assert.deepEqual(first, [
      dataset(2),
      { type: "import", id: "i", state: "running" },
      { type: "dashboard", id: "d", version: 3 },
      here,
    ]);
    assert.deepEqual(second, first);
  });

  it("health() says what it is, without asking", async (events) => {
    events.subscribe("w", () => {});
    await events.publish("w", dataset(1));
    assert.ok(events.health().kind.length > 0);
  });

  it("a listener gets events of its own to keep", async (events, settle) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => Object.assign(event, { version: 99 }));
    events.subscribe("w", (event) => heard.push(event));
    await events.publish("w", dataset(1));
    await settle();
    assert.deepEqual(heard, [dataset(1)]);
  });

  it("keeps workspaces apart", async (events, settle) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => heard.push(event));
    await events.publish("other", dataset(1));
    await settle();
    assert.deepEqual(heard, []);
  });

  it("the answer of subscribe() ends that listener alone, also while it is being told", async (events, settle) => {
    const heard: string[] = [];
    const same = () => heard.push("same");
    const endFirst = events.subscribe("w", same);
    events.subscribe("w", same);
    const endOnce = events.subscribe("w", () => {
      heard.push("once");
      endOnce();
    });
    endFirst();
    endFirst();
    await events.publish("w", dataset(1));
    await events.publish("w", dataset(2));
    await settle();
    assert.deepEqual(heard, ["same", "once", "same"]);
  });

  it("a listener that throws neither stops the others nor the publisher", async (events, settle) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", () => {
      throw new Error("listener");
    });
    events.subscribe("w", (event) => heard.push(event));
    await events.publish("w", dataset(1));
    await settle();
    assert.deepEqual(heard, [dataset(1)]);
  });

  it("publish() refuses what is no event", async (events) => {
    await assert.rejects(events.publish("w", { type: "nonsense" } as unknown as LiveEvent), { name: "ZodError" });
  });

  it("nothing arrives after close()", async (events, settle) => {
    const heard: LiveEvent[] = [];
    events.subscribe("w", (event) => heard.push(event));
    await events.publish("w", dataset(1));
    await settle();
    await events.close();
    assert.equal(heard.length, 1);
    await events.publish("w", dataset(2)).catch(() => {}); // it may refuse, too
    await settle();
    assert.equal(heard.length, 1);
  });
}
