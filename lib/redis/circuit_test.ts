import assert from "node:assert/strict";
import { UnavailableError } from "@/lib/errors.ts";
import { Circuit, type CircuitOptions } from "./circuit.ts";

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const never = () => new Promise<never>(() => {});

/** A line that tests cut: connections by number, `up` says whether new ones come about. */
function makeLine(options: Partial<CircuitOptions<number>> = {}) {
  const line = { up: true, connects: 0, dropped: [] as number[], changes: [] as boolean[] };
  const circuit = new Circuit<number>({
    name: "The line",
    connect: () => line.up ? Promise.resolve(++line.connects) : Promise.reject(new Error("refused")),
    drop: (connection) => line.dropped.push(connection),
    isRefusal: (error) => error instanceof RangeError,
    deadlineMs: 30,
    pauseMs: 10,
    maxPauseMs: 40,
    onChange: (away) => line.changes.push(away),
    ...options,
  });
  return { line, circuit };
}

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; !look(); i++) {
    if (i > 2_000) throw new Error("waited in vain");
    await pass(1);
  }
}

Deno.test("Circuit connects at the first call, once for all that come meanwhile", async () => {
  const { line, circuit } = makeLine();
  assert.equal(circuit.health().state, "idle");
  const answers = await Promise.all([1, 2, 3].map(() => circuit.use((connection) => Promise.resolve(connection))));
  assert.deepEqual(answers, [1, 1, 1]);
  assert.equal(circuit.health().state, "ok");
  await circuit.close();
  assert.deepEqual(line.dropped, [1]);
});

Deno.test("Circuit opens at the first timeout: then calls are refused at once, without being run", async () => {
  const { line, circuit } = makeLine({ pauseMs: 60_000 });
  await assert.rejects(circuit.use(never), UnavailableError);
  assert.deepEqual(line.dropped, [1]);
  let ran = false;
  const began = performance.now();
  for (let i = 0; i < 1_000; i++) {
    await assert.rejects(circuit.use(() => Promise.resolve(ran = true)), /The line is away/);
  }
  assert.ok(performance.now() - began < 1_000);
  assert.equal(ran, false);
  assert.deepEqual(line.changes, [false, true]);
  await circuit.close();
});

Deno.test("Circuit gives up all that waits on a connection when one call does not come back", async () => {
  const rejectors: ((error: Error) => void)[] = [];
  const { circuit } = makeLine({
    drop: () => rejectors.splice(0).forEach((reject) => reject(new Error("dropped"))),
    deadlineMs: 300,
    pauseMs: 60_000,
  });
  const wait = () => circuit.use(() => new Promise<never>((_, reject) => rejectors.push(reject)));
  const first = wait();
  await pass(250);
  const second = wait();
  const began = performance.now();
  await assert.rejects(first, UnavailableError);
  await assert.rejects(second, UnavailableError);
  assert.ok(performance.now() - began < 250, "the second did not wait out a deadline of its own");
  await circuit.close();
});

Deno.test("Circuit lets a refusal through and stays closed", async () => {
  const { line, circuit } = makeLine();
  await assert.rejects(circuit.use(() => Promise.reject(new RangeError("no"))), RangeError);
  assert.equal(await circuit.use((connection) => Promise.resolve(connection)), 1);
  assert.deepEqual(line.changes, [false]);
  await circuit.close();
});

Deno.test("Circuit probes in the background until the other side is back, and one probe at a time", async () => {
  let probing = 0;
  let most = 0;
  const { line, circuit } = makeLine({
    async connect() {
      most = Math.max(most, ++probing);
      await pass(3);
      probing--;
      if (!line.up) throw new Error("refused");
      return ++line.connects;
    },
  });
  line.up = false;
  await Promise.all([1, 2, 3].map(() => assert.rejects(circuit.use(() => Promise.resolve(1)), UnavailableError)));
  assert.equal(circuit.health().state, "away");
  await pass(60);
  assert.equal(circuit.health().state, "away");
  line.up = true;
  await until(() => circuit.health().state === "ok");
  assert.equal(await circuit.use((connection) => Promise.resolve(connection)), 1);
  await pass(60);
  assert.equal(line.connects, 1, "no probe goes on once it is back");
  assert.equal(most, 1);
  assert.deepEqual(line.changes, [true, false]);
  await circuit.close();
});

Deno.test("Circuit: a caller waits the deadline for a slow first connection; the connection is used when it stands", async () => {
  const slow = Promise.withResolvers<void>();
  const { line, circuit } = makeLine({
    async connect() {
      await slow.promise;
      return ++line.connects;
    },
  });
  await assert.rejects(circuit.use((connection) => Promise.resolve(connection)), UnavailableError);
  slow.resolve();
  await until(() => circuit.health().state === "ok");
  assert.equal(await circuit.use((connection) => Promise.resolve(connection)), 1);
  assert.equal(line.connects, 1);
  await circuit.close();
});

Deno.test("Circuit ends a probe that hangs, and what comes of it later", async () => {
  const gate = Promise.withResolvers<number>();
  const signals: AbortSignal[] = [];
  const { line, circuit } = makeLine({
    connect: (signal) => {
      signals.push(signal);
      return gate.promise;
    },
    probeMs: 40,
    pauseMs: 60_000,
  });
  await assert.rejects(circuit.use(never), UnavailableError);
  await until(() => signals[0]!.aborted);
  gate.resolve(7);
  await until(() => line.dropped.length === 1);
  assert.equal(circuit.health().state, "away");
  await circuit.close();
});

Deno.test("Circuit.broke() opens it between calls; a connection of before is ignored", async () => {
  const { line, circuit } = makeLine();
  await circuit.use(() => Promise.resolve());
  circuit.broke(1, new Error("reset"));
  assert.equal(circuit.health().state, "away");
  await until(() => circuit.health().state === "ok");
  circuit.broke(1, new Error("reset"));
  assert.equal(circuit.health().state, "ok");
  assert.deepEqual(line.dropped, [1]);
  await circuit.close();
});

Deno.test("Circuit.close() ends a connection under way and refuses calls", async () => {
  const { circuit } = makeLine({
    connect: (signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
  });
  const call = assert.rejects(circuit.use(never), UnavailableError);
  await circuit.close();
  await call;
  await assert.rejects(circuit.use(() => Promise.resolve(1)), /closed/);
  await circuit.close();
});
