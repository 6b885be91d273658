/** The servers that a test run needs: which there are, which run already, and how they are started and ended. */
import { fetchMongo, missingMongo, startMongo } from "./mongo.ts";
import { missingRedis, startRedis } from "./redis.ts";
import { readRunning, runningUri, writeRunning } from "./running.ts";
import { findProgram, type TestServer } from "./server.ts";

/** A kind of server. */
export interface TestServerKind {
  title: string;
  /** The setting that names one; tests read `TEST_` and this name besides. */
  variable: string;
  /** Why it cannot run here, or null. */
  missing(): string | null;
  /** Brings what no package manager installs. */
  fetch(): Promise<void>;
  start(options: { stay: boolean }): Promise<TestServer>;
}

/** Every kind. */
export const TEST_SERVERS: TestServerKind[] = [
  { title: "MongoDB", variable: "MONGODB_URI", missing: missingMongo, fetch: fetchMongo, start: startMongo },
  {
    title: "Redis",
    variable: "REDIS_URL",
    missing: missingRedis,
    fetch: () => Promise.resolve(),
    start: startRedis,
  },
];

/** Programs behind them: how Debian calls the package, and the program that shows it is there. */
export const SERVER_PROGRAMS: { title: string; package: string; find: () => string | null }[] = [
  // The server is started from source, which needs the compiler too.
  { title: "Java", package: "default-jdk-headless", find: () => findProgram("javac") },
  { title: "Redis", package: "redis-server", find: () => findProgram("redis-server") },
  { title: "Maven", package: "maven", find: () => findProgram("mvn") },
];

/** Environment for a test run, and how to end what was started for it. */
export interface ServersForRun extends AsyncDisposable {
  env: Record<string, string>;
}

/**
 * Starts what a run needs and nobody named or started yet. The settings themselves are emptied, so that a server under
 * test runs on them only where its test says so.
 */
export async function serversForRun(): Promise<ServersForRun> {
  const started: TestServer[] = [];
  const stop = async () => {
    for (const server of started.splice(0)) await server.stop();
  };
  const env: Record<string, string> = {};
  try {
    for (const kind of TEST_SERVERS) {
      let uri = Deno.env.get(kind.variable) || Deno.env.get(`TEST_${kind.variable}`) || await runningUri(kind.variable);
      if (!uri && kind.missing() === null) {
        const server = await kind.start({ stay: false });
        started.push(server);
        uri = server.uri;
      }
      env[kind.variable] = "";
      if (uri) env[`TEST_${kind.variable}`] = uri;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, [Symbol.asyncDispose]: stop };
}

/** Starts every kind for all runs to come, where it does not run yet; answers URIs by variable. */
export async function startBeside(): Promise<Record<string, string>> {
  const running = await readRunning();
  for (const kind of TEST_SERVERS) {
    if (await runningUri(kind.variable)) continue;
    const server = await kind.start({ stay: true });
    server.process.unref();
    running[kind.variable] = { uri: server.uri, pid: server.process.pid };
  }
  await writeRunning(running);
  return Object.fromEntries(Object.entries(running).map(([variable, { uri }]) => [variable, uri]));
}

/** Ends what `startBeside` started; answers how many ran. */
export async function stopBeside(): Promise<number> {
  let ended = 0;
  for (const [variable, { pid }] of Object.entries(await readRunning())) {
    if (!await runningUri(variable)) continue;
    Deno.kill(pid, "SIGTERM");
    ended++;
  }
  await writeRunning({});
  return ended;
}
