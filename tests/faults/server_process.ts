/** The real server, in a process of its own, to be stopped and killed. */
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A server that runs. */
export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  /** What it has said so far. */
  output(): string;
  signal(signal: Deno.Signal): void;
  /** Its exit code; signals count as 128 and more. */
  readonly ended: Promise<number>;
}

/** What a process said that ended before it served. */
export class StartError extends Error {
  override name = "StartError";
  constructor(readonly code: number, readonly output: string) {
    super(`Cannot start the server: it ended with ${code}: ${output}`);
  }
}

/** Starts `tools/start.ts` on a data directory; answers once it serves. Throws `StartError` where it does not. */
export async function startServer(
  directory: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "tools/start.ts", "--no-demo"],
    cwd: root,
    env: { DATA_DIR: directory, PORT: "0", LOG_LEVEL: "info", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const origin = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      output += chunk;
      const port = /Tessera is at http:\/\/localhost:(\d+)/.exec(output)?.[1];
      if (port) origin.resolve(`http://127.0.0.1:${port}`);
    }
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  const ended = child.status.then(async ({ code }) => {
    await reading;
    return code;
  });
  const failed = ended.then((code) => Promise.reject(new StartError(code, output)));
  failed.catch(() => {}); // whoever waits for the origin hears it; afterwards ending is no failure
  return {
    origin: await Promise.race([origin.promise, failed]),
    pid: child.pid,
    output: () => output,
    signal: (signal) => child.kill(signal),
    ended,
  };
}

/** Runs `work` with a data directory of its own; no server is left behind, however it ends. */
export async function withServers(
  work: (start: (env?: Record<string, string>) => Promise<ServerProcess>, directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "tessera-" });
  const running = new Set<ServerProcess>();
  try {
    await work(async (env) => {
      const server = await startServer(directory, env);
      running.add(server);
      void server.ended.then(() => running.delete(server));
      return server;
    }, directory);
  } finally {
    for (const server of running) {
      server.signal("SIGKILL");
      await server.ended;
    }
    await Deno.remove(directory, { recursive: true });
  }
}

/** Waits for something to be so. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  milliseconds = 30_000,
): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Asks a server and answers its JSON; fails with what the server has said where it is gone or refuses. */
// deno-lint-ignore no-explicit-any -- each caller knows what its address answers
export async function api(server: ServerProcess, path: string, init?: RequestInit): Promise<any> {
  const response = await fetch(server.origin + path, init).catch((error) => {
    throw new Error(`Cannot reach the server: ${server.output().slice(-3_000)}`, { cause: error });
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
  return body;
}
