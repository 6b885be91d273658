/**
 * The job runner. It claims slots and waiting runs in the document store, so any number of runners over one store run
 * each of them once: the run's document is the claim, its lease tells that the owner lives, its fence tells owners apart.
 */
import type { DocumentStore, Stored } from "@/lib/documents/mod.ts";
import type { Log } from "@/lib/log.ts";
import type { JobDefinition, JobNeed } from "./define_job.ts";
import type { JobRun } from "./job_run.ts";
import { dueSlots } from "./_due_slots.ts";
import { Lease, LeaseLostError, RunnerStoppedError } from "./_lease.ts";
import { JobRuns } from "./_runs.ts";
import { settledRun } from "./_settled_run.ts";
import type { JobQueue } from "./mod.ts";

/** What the runner works with. */
export interface JobRunnerOptions<S> {
  documents: DocumentStore;
  log: Log;
  jobs: readonly JobDefinition<S>[];
  /** @default only "default" */
  workspaces?: () => Promise<string[]>;
  /** Runs at the same time in this process. @default 2 */
  concurrency?: number;
  /** True where no other process shares the store: what a dead one held is taken over at once. @default false */
  alone?: boolean;
  /** What this process has; jobs that need anything else wait for a process that has it. @default everything */
  has?: readonly JobNeed[];
  /** Stands in for the leases that jobs are defined with. */
  leaseMs?: number;
  /** @default a random one */
  owner?: string;
}

/** Runs jobs. `wake` is called every minute and after every `enqueue`. */
export interface JobRunner<S> extends JobQueue {
  /** From now on runs are claimed. Slots before this moment count as missed. */
  start(services: S): Promise<void>;
  /** Claims what is due and answers when all of that has ended. Never throws. */
  wake(): Promise<void>;
  /** Claims nothing more, tells what runs to end, and waits for it, at most `graceMs`. @default 3000 */
  stop(options?: { graceMs?: number }): Promise<void>;
}

const FREE_TAKEOVERS = 20;
const TAKEOVER_PAUSE_MS = 10_000;
const MOST_TAKEOVERS = 500;

/** Makes a runner; nothing runs before `start`. */
export function createJobRunner<S>(options: JobRunnerOptions<S>): JobRunner<S> {
  return new Runner(options);
}

class Runner<S> implements JobRunner<S> {
  #documents: DocumentStore;
  #runs: JobRuns;
  #log: Log;
  /** Names of every job, and the jobs that this process can run. */
  #names: Set<string>;
  #jobs: Map<string, JobDefinition<S>>;
  #workspaces: () => Promise<string[]>;
  #concurrency: number;
  #alone: boolean;
  #owner: string;
  #leaseMs: number | undefined;
  #services: S | undefined;
  #stop = new AbortController();
  #running = new Map<string, Promise<void>>();
  #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Claiming, one round after the other: two rounds at once would fight for the same places. */
  #round: Promise<void> = Promise.resolve();
  #nextRound: Promise<void> | undefined;
  #wokenAt: number | null = null;
  /** The last round could not look. */
  #blind = false;

  constructor(options: JobRunnerOptions<S>) {
    this.#documents = options.documents;
    this.#runs = new JobRuns(options.documents);
    this.#log = options.log;
    const { jobs, has } = options;
    this.#names = new Set(jobs.map((job) => job.name));
    if (this.#names.size < jobs.length) throw new TypeError("Cannot run jobs: two of them have the same name");
    const mine = jobs.filter(({ needs }) => has === undefined || needs.every((need) => has.includes(need)));
    this.#jobs = new Map(mine.map((job) => [job.name, job]));
    this.#workspaces = options.workspaces ?? (() => Promise.resolve(["default"]));
    this.#concurrency = options.concurrency ?? 2;
    this.#alone = options.alone ?? false;
    this.#owner = options.owner ?? crypto.randomUUID();
    this.#leaseMs = options.leaseMs;
  }

  async start(services: S): Promise<void> {
    this.#services = services;
    try {
      this.#wokenAt = await this.#runs.now();
    } catch (error) {
      // A store that is not there yet holds up no start: the first round that reaches it sets the moment.
      this.#log.warn("Jobs wait for the document store", { error });
    }
  }

  async enqueue(
    workspace: string,
    job: string,
    key: string,
    payload: Record<string, unknown> = {},
  ): Promise<void> {
    if (!this.#names.has(job)) throw new TypeError(`Cannot enqueue "${job}": there is no such job`);
    await this.#runs.enqueue(workspace, job, key, payload);
    if (this.#services) void this.wake();
  }

  async wake(): Promise<void> {
    const services = this.#services;
    if (!services || this.#stop.signal.aborted) return;
    const before = new Set(this.#running.keys());
    // Whoever wakes while a round goes on shares the one after it, which sees all that was there by then.
    this.#nextRound ??= this.#round.then(() => {
      this.#nextRound = undefined;
      this.#round = this.#claimRound(services).then(() => this.#sees(), (error) => this.#sees(error));
      return this.#round;
    });
    await this.#nextRound;
    await Promise.all([...this.#running].filter(([name]) => !before.has(name)).map(([, run]) => run));
  }

  async stop({ graceMs = 3_000 }: { graceMs?: number } = {}): Promise<void> {
    this.#stop.abort(new RunnerStoppedError());
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => timer = setTimeout(resolve, graceMs));
    const ended = async () => {
      await this.#nextRound;
      await this.#round;
      await Promise.all(this.#running.values());
    };
    await Promise.race([ended(), deadline]);
    clearTimeout(timer);
    if (this.#running.size) this.#log.warn("Jobs were left to their lease", { runs: [...this.#running.keys()] });
  }

  /** Tells once that the store is away, and once that it is back: rounds come every few seconds. */
  #sees(error?: unknown): void {
    if (error !== undefined && !this.#blind) this.#log.error("Cannot look for jobs", { error });
    if (error === undefined && this.#blind) this.#log.info("Jobs are looked for again");
    this.#blind = error !== undefined;
  }

  get #woken(): number {
    return this.#wokenAt ?? 0;
  }

  get #full(): boolean {
    return this.#stop.signal.aborted || this.#running.size >= this.#concurrency;
  }

  async #claimRound(services: S): Promise<void> {
    const now = await this.#runs.now();
    this.#wokenAt ??= now;
    for (const workspace of await this.#workspaces()) {
      const busy = await this.#takeOver(services, workspace, now);
      // What somebody asked for comes before what is only due.
      await this.#claimWaiting(services, workspace, now);
      for (const job of this.#jobs.values()) {
        if (job.every && !busy.has(job.name)) await this.#claimSlots(services, workspace, job, now);
      }
    }
    // A slot that found no free place is not missed: the next round looks at it again.
    if (!this.#full) this.#wokenAt = Math.max(this.#woken, now);
  }

  /** Takes over runs whose owner fell silent; answers the jobs that run a slot somewhere. */
  async #takeOver(services: S, workspace: string, now: number): Promise<Set<string>> {
    const busy = new Set<string>();
    for await (const stored of this.#runs.list(workspace, "running")) {
      const { doc } = stored;
      if (doc.slot) busy.add(doc.job);
      const job = this.#jobs.get(doc.job);
      const mine = doc.owner === this.#owner;
      // One that kills its process again and again must leave time to serve in between, and end at last.
      const pause = doc.takeovers < FREE_TAKEOVERS ? 0 : TAKEOVER_PAUSE_MS;
      // Either way: a clock that was set back must not keep a dead owner alive.
      const quiet = Math.abs(now - doc.renewedAt);
      const silent = this.#alone && !mine ? quiet >= pause : quiet > doc.leaseMs + pause;
      if (!job || !silent || this.#running.has(`${workspace}/${doc.id}`)) continue;
      if (doc.takeovers >= MOST_TAKEOVERS) {
        const error = `Its process ended ${doc.takeovers} times while it ran`;
        await this.#runs.put(workspace, { ...doc, state: "failed", error, finishedAt: now }, stored.version);
        this.#log.error("A job failed", { job: doc.job, run: doc.id, workspace, error });
      } else if (!this.#full) {
        const takeovers = doc.takeovers + 1;
        const again = { ...doc, takeovers, attempt: doc.attempt - 1 };
        await this.#claim(services, workspace, job, { ...stored, doc: again }, now);
      }
    }
    return busy;
  }

  async #claimSlots(services: S, workspace: string, job: JobDefinition<S>, now: number): Promise<void> {
    for (const slot of await dueSlots(this.#runs, { workspace, job, now, wokenAt: this.#woken })) {
      if (this.#full) return;
      const iso = new Date(slot).toISOString();
      const run = {
        id: `${job.name}@${iso}`,
        job: job.name,
        slot: iso,
        payload: {},
        state: "running",
        runAt: slot,
        owner: this.#owner,
        renewedAt: now,
        leaseMs: this.#leaseMs ?? job.leaseMs,
        fence: 1,
        attempt: 1,
        takeovers: 0,
        again: false,
        late: slot <= this.#woken,
      } satisfies JobRun;
      const claimed = await this.#runs.create(workspace, run);
      if (!claimed) continue; // another runner has this slot
      this.#begin(services, workspace, job, claimed);
      return; // slots of one job run one after the other; the round after this run's end takes the next
    }
  }

  async #claimWaiting(services: S, workspace: string, now: number): Promise<void> {
    for await (const stored of this.#runs.list(workspace, "waiting", now)) {
      if (this.#full) return;
      const job = this.#jobs.get(stored.doc.job);
      if (job) await this.#claim(services, workspace, job, stored, now);
    }
  }

  async #claim(
    services: S,
    workspace: string,
    job: JobDefinition<S>,
    { doc, version }: Stored<JobRun>,
    now: number,
  ): Promise<void> {
    const claimed = await this.#runs.put(workspace, {
      ...doc,
      state: "running",
      owner: this.#owner,
      renewedAt: now,
      leaseMs: this.#leaseMs ?? job.leaseMs,
      fence: doc.fence + 1,
      attempt: doc.attempt + 1,
    }, version);
    if (claimed) this.#begin(services, workspace, job, claimed);
  }

  #begin(services: S, workspace: string, job: JobDefinition<S>, run: Stored<JobRun>): void {
    const name = `${workspace}/${run.doc.id}`;
    const ended = this.#run(services, workspace, job, run)
      .catch((error) => this.#log.error("Cannot record how a job ended", { job: job.name, run: run.doc.id, error }))
      .finally(() => {
        this.#running.delete(name);
        if (!this.#stop.signal.aborted) void this.wake(); // a place is free
      });
    this.#running.set(name, ended);
  }

  async #run(services: S, workspace: string, job: JobDefinition<S>, { doc }: Stored<JobRun>): Promise<void> {
    const log = this.#log.child({ job: job.name, run: doc.id, workspace, attempt: doc.attempt });
    const lease = new Lease({ documents: this.#documents, workspace, run: doc, stop: this.#stop.signal });
    const began = performance.now();
    let failure: unknown;
    try {
      await job.run(services, {
        workspace,
        slot: doc.slot ?? null,
        key: doc.key ?? null,
        payload: doc.payload,
        signal: lease.signal,
        fence: doc.fence,
        attempt: doc.attempt,
        confirm: () => lease.confirm(),
        log,
      });
    } catch (error) {
      failure = error ?? new Error("The job failed without a reason");
    } finally {
      lease.end();
    }

    const milliseconds = Math.round(performance.now() - began);
    if (lease.lost) return log.warn("A job lost its lease: another runner has it", { milliseconds });
    const now = await this.#runs.now();
    const stopped = failure !== undefined && this.#stop.signal.aborted;
    try {
      await lease.write((run) =>
        settledRun(run, { job, now, failure, stopped, pauseMs: this.#pause(job, run.attempt) })
      );
    } catch (error) {
      if (error instanceof LeaseLostError) return log.warn("A job lost its lease at its end", { milliseconds });
      throw error;
    }
    if (failure === undefined) log.debug("A job is done", { milliseconds });
    else if (stopped) log.info("A job waits for the next start", { milliseconds });
    else if (doc.attempt < job.attempts) {
      log.warn("A job will be tried again", { milliseconds, error: failure });
      this.#wakeIn(this.#pause(job, doc.attempt));
    } else log.error("A job failed", { milliseconds, error: failure });
  }

  #pause(job: JobDefinition<S>, attempt: number): number {
    return job.backoffMs[Math.min(attempt, job.backoffMs.length) - 1] ?? 0;
  }

  #wakeIn(milliseconds: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.wake();
    }, milliseconds + 1);
    this.#timers.add(timer);
  }
}
