/**
 * `deno task services`: installs the programs that some tests need, on Debian and its relatives, as root. Elsewhere it
 * says what to install by hand. Safe to repeat.
 */
import { findChromium } from "@/tests/browser/chromium.ts";

/** A program that tests need. */
interface Program {
  title: string;
  package: string;
  find: () => string | null;
}

const PROGRAMS: Program[] = [{ title: "Chromium", package: "chromium", find: findChromium }];

/** Why nothing can be installed here, or null when it can. */
export function obstacle(machine: { hasApt: boolean; uid: number | null }, packages: string[]): string | null {
  const names = packages.join(" ");
  if (!machine.hasApt) {
    return `Cannot install ${names}: this machine has no apt-get; install it by the means of this system (for Chromium, CHROMIUM_PATH may name the program)`;
  }
  if (machine.uid !== 0) return `Cannot install ${names}: this needs root; run \`sudo apt-get install ${names}\``;
  return null;
}

async function aptGet(...args: string[]): Promise<void> {
  console.log(`apt-get ${args.join(" ")}`);
  const { code } = await new Deno.Command("apt-get", {
    args,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (code !== 0) throw new Error(`Cannot run apt-get ${args[0]}: it ended with code ${code}; its output is above`);
}

async function hasApt(): Promise<boolean> {
  try {
    return (await new Deno.Command("apt-get", { args: ["--version"], stdout: "null", stderr: "null" }).output())
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

if (import.meta.main) {
  const missing: Program[] = [];
  for (const program of PROGRAMS) {
    const path = program.find();
    if (path) console.log(`${program.title} is there: ${path}`);
    else missing.push(program);
  }
  if (missing.length > 0) {
    const packages = missing.map((program) => program.package);
    const problem = obstacle({ hasApt: await hasApt(), uid: Deno.uid() }, packages);
    if (problem) {
      console.error(problem);
      Deno.exit(1);
    }
    await aptGet("update", "--quiet");
    await aptGet("install", "--quiet", "--yes", "--no-install-recommends", ...packages);
    for (const program of missing) {
      const path = program.find();
      if (!path) throw new Error(`Cannot find ${program.title} after installing the package "${program.package}"`);
      console.log(`${program.title} was installed: ${path}`);
    }
  }
}
