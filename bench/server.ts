/** The product as a user starts it: a process of its own, on a free port. */
import { projectRoot } from "@/tools/project.ts";

/** A running server. */
export interface RunningServer {
  url: string;
  pid: number;
  /** Milliseconds from the spawn to the first answer to `path`. */
  startMs: number;
  stop(): Promise<void>;
}

/** What to start. */
export interface StartOptions {
  dataDir: string;
  path: string;
  timeoutMs?: number;
  /** More settings. */
  env?: Record<string, string>;
  /** More arguments of `deno task start`. */
  args?: string[];
}

/**
 * Starts the server on a data directory and waits until `path` answers 200. Throws, with what the server wrote, when it
 * ends or does not answer in time.
 */
export async function startServer(
  { dataDir, path, timeoutMs = 120_000, env = {}, args = [] }: StartOptions,
): Promise<RunningServer> {
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "start", ...args],
    cwd: projectRoot,
    env: { PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir, LOG_LEVEL: "warn", NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let written = "";
  const drains = [child.stdout, child.stderr].map(async (stream) => {
    // Read to the end, or the server would wait for room in the pipe; only the last part is worth showing.
    for await (const text of stream.pipeThrough(new TextDecoderStream())) written = (written + text).slice(-4_000);
  });
  let ended = false;
  const status = child.status.then((result) => (ended = true, result));
  const stop = async () => {
    if (!ended) child.kill("SIGTERM");
    const late = setTimeout(() => ended || child.kill("SIGKILL"), 10_000);
    await status;
    clearTimeout(late);
    await Promise.all(drains);
  };
  try {
    while (!await answers(url + path)) {
      if (ended) throw new Error(`Cannot measure the server: it ended before it answered. It wrote: ${written}`);
      if (performance.now() - start > timeoutMs) {
        throw new Error(`Cannot measure the server: no answer from ${path} in ${timeoutMs} ms. It wrote: ${written}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { url, pid: child.pid, startMs: performance.now() - start, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { accept: "text/html" } });
    await response.arrayBuffer();
    return response.status === 200;
  } catch (error) {
    if (error instanceof TypeError) return false; // nobody listens yet
    throw error;
  }
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** Two seconds in which a server that rests may be at work, in seconds of one core. */
const REST = 0.1;

/**
 * Waits until a process and its children rest: after an import a server makes forecasts for a while, which are not what
 * is measured. Gives up after two minutes; where the system tells no times it waits for half of one.
 */
export async function untilAtRest(pid: number): Promise<void> {
  if (Deno.build.os !== "linux") return await new Promise((resolve) => setTimeout(resolve, 30_000));
  const began = performance.now();
  for (let before = await workedBy(pid); performance.now() - began < 120_000;) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const now = await workedBy(pid);
    if (now - before < REST) return;
    before = now;
  }
}

/** Seconds of a core that a process and its children have used. */
async function workedBy(pid: number): Promise<number> {
  let ticks = 0;
  for (const member of await familyOf(pid)) {
    const stat = await readProc(member, "stat");
    // The name, which may hold blanks, stands in brackets; user and system time are the 12th and 13th after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += (Number(fields[11]) || 0) + (Number(fields[12]) || 0);
  }
  return ticks / 100;
}

/** A process and all that descend from it. */
async function familyOf(pid: number): Promise<Set<number>> {
  const parents = new Map<number, number>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(await procField(Number(name), "status", "PPid")));
  }
  const family = new Set([pid]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return family;
}

/**
 * Memory of a process and all it started, in MB, as Linux counts it: resident pages, those that several processes share
 * counted once (PSS), because the task runner and the server are the same program.
 */
export async function memoryOf(pid: number): Promise<number> {
  const family = await familyOf(pid);
  let kilobytes = 0;
  for (const member of family) kilobytes += parseInt(await procField(member, "smaps_rollup", "Pss"), 10) || 0;
  return kilobytes / 1024;
}

async function procField(pid: number, file: string, field: string): Promise<string> {
  return new RegExp(`^${field}:\\s*(.*)$`, "m").exec(await readProc(pid, file))?.[1] ?? "";
}

/** A file of a process; "" for one that has ended. */
async function readProc(pid: number, file: string): Promise<string> {
  try {
    return await Deno.readTextFile(`/proc/${pid}/${file}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || /ESRCH|No such process/.test(String(error))) return "";
    throw error;
  }
}
