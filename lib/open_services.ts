/** Opens the outside world as the settings say: once at start, closed once at the end. */
import type { Config } from "@/lib/config.ts";
import { openForecastPool } from "@/lib/forecast/pool.ts";
import { createDrain, type Drain } from "@/lib/http/drain.ts";
import { jobs } from "@/lib/jobs/jobs.ts";
import { createJobRunner, type JobRunner } from "@/lib/jobs/runner.ts";
import { createLog } from "@/lib/log.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { type ServeGate, serveGate } from "@/lib/gate/serve_gate.ts";
import { openEmbedded } from "@/lib/open_embedded.ts";
import { openServer } from "@/lib/open_server.ts";
import { type Engine, Opened } from "@/lib/open_stores.ts";
import { openPictures } from "@/lib/pictures/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { SourceRegistry } from "@/lib/source/mod.ts";
import type { WidgetRegistry } from "@/lib/widget/mod.ts";

/** What is plugged in: `lib/` knows no plugin or widget by name. */
export interface Plugged {
  sources: SourceRegistry;
  widgets: WidgetRegistry;
}

/** Open services, with what only their owner may do. */
export interface OpenServices extends Services {
  readonly jobs: JobRunner<Services>;
  /** What every answer passes through, so that stopping can wait for it. */
  readonly drain: Drain;
  /** Where imports run. */
  readonly engine: Engine;
  /** Asked before anything is answered or worked on. */
  readonly gate: ServeGate;
  /** Writes where the server answers, for whoever finds the data taken. */
  announce(url: string): Promise<void>;
  /** Ends jobs, closes every store, lets go of the data. Safe to repeat. */
  close(): Promise<void>;
}

/** Opens the stores that the settings name, and what works on them. */
export async function openServices(config: Config, { sources, widgets }: Plugged): Promise<OpenServices> {
  const log = createLog({ level: config.logLevel });
  const opened = new Opened((error) => log.error("Cannot close a store", { error }));
  const open = opened.keep(await (config.server ? openServer(config, config.server, log) : openEmbedded(config, log)));
  const { has, alone, engine, announce, close: _closedByOpened, ...stores } = open;
  const { workspace } = LOCAL_OWNER;
  // A data directory is this process's own by now: whoever fills one holds it meanwhile.
  const gate = serveGate({ documents: stores.documents, workspace, againMs: alone ? Infinity : undefined });
  if (alone) await refuseHalf(gate, opened);
  const runner = createJobRunner<Services>({
    documents: stores.documents,
    log,
    jobs,
    has,
    alone,
    async workspaces() {
      await gate.check();
      return [workspace];
    },
    leaseMs: config.server?.leaseMs,
  });
  opened.keep({ close: () => runner.stop() });
  const drain = createDrain();
  const forecasts = openForecastPool();
  opened.keep({ close: () => Promise.resolve(forecasts.close()) });
  const services: Services = {
    config,
    log,
    clock: { now: () => new Date() },
    ...stores,
    pictures: opened.keep(openPictures()),
    forecasts,
    jobs: runner,
    sources,
    widgets,
    stopping: drain.signal,
  };
  return { ...services, jobs: runner, drain, engine, gate, announce, close: () => opened.close() };
}

/** Nothing begins on a data directory that is not whole. */
async function refuseHalf(gate: ServeGate, opened: Opened): Promise<void> {
  try {
    await gate.check();
  } catch (error) {
    await opened.close();
    throw new Error(`Cannot start: ${(error as Error).message}`, { cause: error });
  }
}
