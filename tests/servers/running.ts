/** Servers that `deno task services` started and that run beside all test runs: where they are is in a small file. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const STATE = fileURLToPath(new URL("../../node_modules/.cache/tessera-test-servers.json", import.meta.url));

/** By the setting that names such a server: where it is, and its process. */
export type Running = Record<string, { uri: string; pid: number }>;

/** Where a server runs that `startBeside` started, or null. */
export async function runningUri(variable: string): Promise<string | null> {
  const found = (await readRunning())[variable];
  if (!found) return null;
  const { hostname, port } = new URL(found.uri);
  try {
    (await Deno.connect({ hostname, port: Number(port) })).close();
    return found.uri;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return null;
    throw error;
  }
}

/** What was written down last. */
export async function readRunning(): Promise<Running> {
  try {
    return JSON.parse(await Deno.readTextFile(STATE)) as Running;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** Writes down what runs now. */
export async function writeRunning(running: Running): Promise<void> {
  await Deno.mkdir(dirname(STATE), { recursive: true });
  await Deno.writeTextFile(STATE, JSON.stringify(running));
}
