/** What a job runner must do on every DocumentStore. */
import assert from "node:assert/strict";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import { defineJob, type JobContext, type JobDefinition } from "@/lib/jobs/define_job.ts";
import { type JobRun, jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { createJobRunner, type JobRunner, type JobRunnerOptions } from "@/lib/jobs/runner.ts";
import { silentLog } from "@/lib/log.ts";
import type { StoreUnderTest } from "./document_store.ts";

/** What test jobs get as services: a place to write down what happened. */
interface Notes {
  said: string[];
}
type Job = JobDefinition<Notes>;
const START = Date.parse("2026-01-10T12:00:30Z");
const LEASE_MS = 300;
const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A store and the runners on it. */
class World {
  services: Notes = { said: [] };
  runners: JobRunner<Notes>[] = [];

  constructor(readonly documents: DocumentStore, readonly clock: { time: number }) {}

  async runner(jobs: Job[], options: Partial<JobRunnerOptions<Notes>> = {}): Promise<JobRunner<Notes>> {
    const runner = createJobRunner<Notes>({ documents: this.documents, log: silentLog, jobs, ...options });
    this.runners.push(runner);
    await runner.start(this.services);
    return runner;
  }

  async run(id: string): Promise<JobRun | undefined> {
    return (await this.documents.get(jobRunsCollection, "default", id))?.doc;
  }

  /** Wakes until so much was said, and once more: what finds no free place in a round is claimed in one of the next. */
  async wakeUntilSaid(runner: JobRunner<Notes>, count: number): Promise<void> {
    for (let round = 0; round < 50 && this.services.said.length < count; round++) await runner.wake();
    await runner.wake();
  }

  pass(ms: number): void {
    this.clock.time += ms;
  }
}

const note = (name: string, rest: Partial<Job> = {}): Job =>
  defineJob<Notes>({
    name,
    run: (services, { slot, key }) => {
      services.said.push(`${name} ${slot ?? key}`);
      return Promise.resolve();
    },
    ...rest,
  });

/** Opens an empty store whose clock is `now`. */
export type OpenWithClock = (now: () => number) => Promise<StoreUnderTest>;

/** Runs the contract; every test has a store with a clock that it moves, and runners that are stopped at the end. */
export function jobRunnerContract(name: string, open: OpenWithClock): void {
  const it = (title: string, run: (world: World) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      const clock = { time: START };
      const { store, end } = await open(() => clock.time);
      const world = new World(store, clock);
      try {
        await run(world);
      } finally {
        for (const runner of world.runners) await runner.stop({ graceMs: 1_000 });
        await store.close();
        await end?.();
      }
    });

  it("wake() of two runners on one store runs each slot once", async (world) => {
    const job = note("tick", { every: { minutes: 1 } });
    const runners = await Promise.all([world.runner([job]), world.runner([job])]);
    for (let minute = 0; minute < 5; minute++) {
      await Promise.all(runners.flatMap((runner) => [runner.wake(), runner.wake()]));
      world.pass(60_000);
    }
    const expected = [0, 1, 2, 3, 4].map((minute) => `tick 2026-01-10T12:0${minute}:00.000Z`);
    assert.deepEqual(world.services.said, expected);
    const run = await world.run("tick@2026-01-10T12:01:00.000Z");
    assert.deepEqual([run?.state, run?.fence, run?.attempt, run?.late], ["done", 1, 1, false]);
  });

  it("wake() runs a slot once though the clock is set back", async (world) => {
    const runner = await world.runner([note("nightly", { every: { daily: "03:00" } })]);
    await runner.wake();
    world.pass(-3_600_000);
    await runner.wake();
    world.pass(7_200_000);
    await runner.wake();
    assert.deepEqual(world.services.said, ["nightly 2026-01-10T03:00:00.000Z"]);
  });

  it("a runner that was down catches up by the job's policy, and says that it was late", async (world) => {
    const jobs = (["skip", "latest", "all"] as const).map((missed) => note(missed, { every: { hourly: 0 }, missed }));
    const first = await world.runner(jobs);
    world.pass(3_600_000); // 13:00:30: its own slot for all three
    await world.wakeUntilSaid(first, 3);
    await first.stop();
    world.services.said = [];
    world.pass(3 * 3_600_000);
    const second = await world.runner(jobs);
    await world.wakeUntilSaid(second, 4);
    assert.deepEqual(world.services.said.toSorted(), [
      "all 2026-01-10T14:00:00.000Z",
      "all 2026-01-10T15:00:00.000Z",
      "all 2026-01-10T16:00:00.000Z",
      "latest 2026-01-10T16:00:00.000Z",
    ]);
    assert.equal((await world.run("all@2026-01-10T14:00:00.000Z"))?.late, true);
    world.services.said = [];
    world.pass(3_600_000);
    await world.wakeUntilSaid(second, 3);
    assert.deepEqual(
      world.services.said.toSorted(),
      ["all", "latest", "skip"].map((name) => `${name} 2026-01-10T17:00:00.000Z`),
    );
    assert.equal((await world.run("all@2026-01-10T17:00:00.000Z"))?.late, false);
  });

  it("a frozen owner is fenced off: another takes over, and what it still says does not count", async (world) => {
    const began = Promise.withResolvers<JobContext>();
    const thaw = Promise.withResolvers<void>();
    const confirmed = Promise.withResolvers<unknown>();
    let runs = 0;
    const job = defineJob<Notes>({
      name: "slow",
      leaseMs: 60_000, // renewed every 20 s: not once while the test lasts, as if the process were frozen
      async run(services, context) {
        const mine = ++runs;
        services.said.push(`begin ${context.fence}`);
        if (mine > 1) return;
        began.resolve(context);
        await thaw.promise;
        confirmed.resolve(await context.confirm().catch((error) => error));
        services.said.push(`aborted ${context.signal.aborted}`);
      },
    });
    const frozen = await world.runner([job], { owner: "frozen" });
    const other = await world.runner([job], { owner: "other" });
    await frozen.enqueue("default", "slow", "k");
    await began.promise;
    world.pass(59_000);
    await other.wake();
    assert.deepEqual(world.services.said, ["begin 1"], "within the lease nobody takes over");
    world.pass(2_000);
    await other.wake();
    assert.deepEqual(world.services.said, ["begin 1", "begin 2"]);
    const done = await world.run("slow:k");
    assert.deepEqual([done?.state, done?.owner, done?.fence, done?.attempt], ["done", "", 2, 1]);
    thaw.resolve();
    assert.equal((await confirmed.promise as Error).name, "LeaseLostError");
    await frozen.stop();
    assert.deepEqual(world.services.said, ["begin 1", "begin 2", "aborted true"]);
    assert.deepEqual(await world.run("slow:k"), done, "its end changed nothing");
  });

  it("a lease is renewed while its owner lives, and the signal aborts when it is lost", async (world) => {
    const began = Promise.withResolvers<JobContext>();
    const job = defineJob<Notes>({
      name: "long",
      leaseMs: LEASE_MS,
      run: (_services, context) => {
        began.resolve(context);
        return new Promise((_, reject) =>
          context.signal.addEventListener("abort", () => reject(context.signal.reason))
        );
      },
    });
    const runner = await world.runner([job]);
    await runner.enqueue("default", "long", "k");
    const { signal } = await began.promise;
    const renewed = async () => (await world.run("long:k"))!.renewedAt > START + 3 * LEASE_MS;
    for (let i = 0; i < 200 && !await renewed(); i++) {
      world.pass(50);
      await delay(50);
    }
    assert.ok(await renewed());
    assert.equal(signal.aborted, false);
    const stored = await world.documents.get(jobRunsCollection, "default", "long:k");
    await world.documents.delete(jobRunsCollection, "default", "long:k");
    for (let i = 0; i < 200 && !signal.aborted; i++) await delay(50);
    assert.equal((signal.reason as Error).name, "LeaseLostError");
    assert.equal(stored?.doc.state, "running");
  });

  it("a run that throws is tried again after its pause, then counts as failed with its reason", async (world) => {
    const job = note("bad", {
      attempts: 3,
      backoffMs: [1_000, 60_000],
      run: (services, { attempt }) => {
        services.said.push(`try ${attempt}`);
        return Promise.reject(new RangeError(`no ${attempt}`));
      },
    });
    const runner = await world.runner([job]);
    await runner.enqueue("default", "bad", "k");
    await runner.wake();
    await runner.wake();
    assert.deepEqual(world.services.said, ["try 1"]);
    world.pass(1_001);
    await runner.wake();
    await runner.wake();
    world.pass(2_000);
    await runner.wake();
    assert.deepEqual(world.services.said, ["try 1", "try 2"]);
    world.pass(60_000);
    await runner.wake();
    assert.deepEqual(world.services.said, ["try 1", "try 2", "try 3"]);
    const run = await world.run("bad:k");
    assert.deepEqual([run?.state, run?.error, run?.finishedAt], ["failed", "RangeError: no 3", world.clock.time]);
    world.pass(600_000);
    await runner.wake();
    assert.equal(world.services.said.length, 3);
    await runner.enqueue("default", "bad", "k");
    await runner.wake();
    assert.equal(world.services.said.length, 4, "asked for anew it is tried anew");
  });

  it("enqueue() adds nothing while the same run waits, and runs once more when asked during it", async (world) => {
    const gate = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const job = note("once", {
      run: async (services, { payload }) => {
        services.said.push(`${payload.n}`);
        began.resolve();
        await gate.promise;
      },
    });
    const runner = createJobRunner<Notes>({ documents: world.documents, log: silentLog, jobs: [job] });
    world.runners.push(runner);
    for (const n of [1, 2, 3]) await runner.enqueue("default", "once", "k", { n });
    await runner.start(world.services);
    const woken = runner.wake();
    await began.promise;
    for (const n of [4, 5]) await runner.enqueue("default", "once", "k", { n });
    gate.resolve();
    await woken;
    await runner.wake();
    assert.deepEqual(world.services.said, ["3", "5"]);
    assert.equal((await world.run("once:k"))?.state, "done");
    await assert.rejects(runner.enqueue("default", "unknown", "k"), TypeError);
  });

  it("no more runs at once than there are places; the rest follows", async (world) => {
    let now = 0;
    let most = 0;
    const job = note("busy", {
      run: async (services, { key }) => {
        most = Math.max(most, ++now);
        // Until all places were taken once, however slow the store is.
        for (let i = 0; i < 1_000 && most < 3; i++) await delay(5);
        await delay(5);
        now--;
        services.said.push(key!);
      },
    });
    const runner = await world.runner([job], { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, (_, i) => runner.enqueue("default", "busy", `${i}`)));
    while (world.services.said.length < 12) await delay(5);
    assert.equal(most, 3);
    assert.equal(new Set(world.services.said).size, 12);
  });

  it("stop() ends what runs; the next runner begins it again at once, and it cost no try", async (world) => {
    const began = Promise.withResolvers<void>();
    const job = defineJob<Notes>({
      name: "import",
      attempts: 1,
      run: (services, { signal, attempt }) => {
        services.said.push(`try ${attempt}`);
        began.resolve();
        if (services.said.length > 1) return Promise.resolve();
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    const first = await world.runner([job]);
    await first.enqueue("default", "import", "k");
    await began.promise;
    await first.stop();
    await first.wake();
    const waiting = await world.run("import:k");
    assert.deepEqual([waiting?.state, waiting?.attempt], ["waiting", 0]);
    const second = await world.runner([job]);
    await second.wake();
    assert.deepEqual(world.services.said, ["try 1", "try 1"]);
    assert.equal((await world.run("import:k"))?.state, "done");
  });

  it("a runner alone on its store takes over at once what a killed process held", async (world) => {
    const job = note("import", { attempts: 1 });
    const dead = { job: "import", key: "k", payload: {}, owner: "dead", leaseMs: 30_000, attempt: 1, again: false };
    const run = {
      ...dead,
      id: "import:k",
      state: "running" as const,
      runAt: START,
      renewedAt: START,
      fence: 1,
      takeovers: 0,
      late: false,
    };
    await world.documents.create(jobRunsCollection, "default", run);
    const shared = await world.runner([job]);
    await shared.wake();
    assert.deepEqual(world.services.said, []);
    const alone = await world.runner([job], { alone: true });
    await alone.wake();
    assert.deepEqual(world.services.said, ["import k"]);
    const done = await world.run("import:k");
    assert.deepEqual([done?.state, done?.fence, done?.takeovers, done?.attempt], ["done", 2, 1, 1]);
  });

  it("a process runs only jobs whose needs it has; what it enqueues of the others waits for one that has them", async (world) => {
    const jobs = [note("import", { needs: ["engine"] }), note("inbox", { needs: ["data-directory"] }), note("plain")];
    const page = await world.runner(jobs, { has: [] });
    for (const job of ["import", "inbox", "plain"]) await page.enqueue("default", job, "k");
    await page.wake();
    assert.deepEqual(world.services.said, ["plain k"]);
    const importer = await world.runner(jobs, { has: ["engine"] });
    await importer.wake();
    assert.deepEqual(world.services.said, ["plain k", "import k"]);
    assert.equal((await world.run("inbox:k"))?.state, "waiting");
  });
}
