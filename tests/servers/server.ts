/** Servers that tests talk to, each a process of its own: started, stopped, killed, frozen. */

/** A server that runs. */
export interface TestServer {
  readonly uri: string;
  readonly port: number;
  readonly process: Deno.ChildProcess;
  /** Asks it to end, and waits. Safe to repeat. */
  stop(): Promise<void>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
  /** SIGSTOP: it holds its connections and answers nothing. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

/** What to start. */
export interface ServerCommand {
  title: string;
  program: string;
  args: string[];
  /** Found in what it prints once it answers; the first group is the port. */
  ready: RegExp;
  uri: (port: number) => string;
  /** Keeps running when this process ends. @default false */
  stay?: boolean;
}

const START_MS = 30_000;

/** Starts a server and answers once it listens. Throws with what it printed where it does not within 30 s. */
export async function startServer(command: ServerCommand): Promise<TestServer> {
  const { title, program, args, ready, uri, stay = false } = command;
  const child = new Deno.Command(program, {
    args,
    // The pipe tells the server when this process is gone.
    stdin: stay ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    detached: stay,
  }).spawn();
  let output = "";
  const listening = Promise.withResolvers<number>();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      output = (output + chunk).slice(-10_000);
      const port = ready.exec(output)?.[1];
      if (port) listening.resolve(Number(port));
    }
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  void child.status.then(async ({ code }) => {
    await reading;
    listening.reject(new Error(`Cannot start ${title}: it ended with code ${code}: ${output.trim()}`));
  });
  const timer = setTimeout(
    () => listening.reject(new Error(`Cannot start ${title}: it does not listen after ${START_MS} ms: ${output}`)),
    START_MS,
  );
  const end = async (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
    }
    await child.status;
    await reading;
    if (!stay) await child.stdin.close().catch(() => {}); // the pipe broke with the process
  };
  let port: number;
  try {
    port = await listening.promise;
  } catch (error) {
    await end("SIGKILL");
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return {
    uri: uri(port),
    port,
    process: child,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
  };
}

/** The path of a program, or null where this machine has none of that name. */
export function findProgram(name: string): string | null {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    const path = `${folder}/${name}`;
    try {
      if (folder !== "" && Deno.statSync(path).isFile) return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound) && !(error instanceof Deno.errors.NotADirectory)) throw error;
    }
  }
  return null;
}

/**
 * Registers tests that need a server: `suite` runs where `missing` is null; elsewhere one skipped test says what is
 * missing and how to install it.
 */
export function serverSuite(name: string, missing: string | null, suite: () => void): void {
  if (missing === null) suite();
  else Deno.test({ name: `${name} [skipped: ${missing}]`, ignore: missing !== null, fn() {} });
}
