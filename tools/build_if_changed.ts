/** Builds `_fresh/` where the code has changed since the last build; a start with nothing new builds nothing. */
import { join } from "node:path";

/** What the build depends on, from the project's root. */
const INPUTS = [
  "islands",
  "components",
  "widgets",
  "lib",
  "routes",
  "static",
  "main.ts",
  "dev.ts",
  "deno.json",
  "deno.lock",
];
const STAMP = "_fresh/inputs.txt";

/** Answers true when it built. Throws with the build's own words when that fails. */
export async function buildIfChanged(root: string): Promise<boolean> {
  const stamp = await stampOf(root);
  if (await builtStamp(root) === stamp) return false;
  // In a process of its own: the bundler's memory goes with it.
  const { success, stderr, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "dev.ts", "build"],
    cwd: root,
  }).output();
  if (!success) {
    const decoder = new TextDecoder();
    throw new Error(`Cannot build the pages:\n${decoder.decode(stdout)}${decoder.decode(stderr)}`);
  }
  await Deno.writeTextFile(join(root, STAMP), stamp);
  return true;
}

/** Whether `_fresh/` is the build of the code as it stands. */
export async function isBuilt(root: string): Promise<boolean> {
  return await builtStamp(root) === await stampOf(root);
}

async function builtStamp(root: string): Promise<string> {
  try {
    return await Deno.readTextFile(join(root, STAMP));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/** Names, sizes and times of every input: cheap to read, and different after any change. */
async function stampOf(root: string): Promise<string> {
  const lines = [`deno ${Deno.version.deno}`];
  async function visit(path: string): Promise<void> {
    const info = await Deno.stat(join(root, path));
    if (!info.isDirectory) {
      if (!/_test\.tsx?$/.test(path)) lines.push(`${path} ${info.size} ${info.mtime?.getTime()}`);
      return;
    }
    for await (const entry of Deno.readDir(join(root, path))) await visit(`${path}/${entry.name}`);
  }
  await Promise.all(INPUTS.map(visit));
  return lines.sort().join("\n");
}
