/**
 * `deno task services [--install | --stop]`: installs the programs that some tests need, on Debian and its relatives, as
 * root, and starts the servers that tests talk to, on free ports of 127.0.0.1. Elsewhere it says what to install by hand.
 * Safe to repeat: what is there stays, what runs goes on. `--install` starts nothing; `--stop` ends what was started.
 * `deno task test` starts its own servers where none runs.
 */
import { findChromium } from "@/tests/browser/chromium.ts";
import { SERVER_PROGRAMS, startBeside, stopBeside, TEST_SERVERS } from "@/tests/servers/test_servers.ts";
import { runDeno } from "./project.ts";

/** A program that tests need. */
interface Program {
  title: string;
  package: string;
  find: () => string | null;
}

const PROGRAMS: Program[] = [{ title: "Chromium", package: "chromium", find: findChromium }, ...SERVER_PROGRAMS];

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

/** Installs what is missing; false where it cannot, after saying why. */
async function install(): Promise<boolean> {
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
      return false;
    }
    await aptGet("update", "--quiet");
    await aptGet("install", "--quiet", "--yes", "--no-install-recommends", ...packages);
    for (const program of missing) {
      const path = program.find();
      if (!path) throw new Error(`Cannot find ${program.title} after installing the package "${program.package}"`);
      console.log(`${program.title} was installed: ${path}`);
    }
  }
  // The folder that holds what is fetched comes with the packages from npm.
  if (await runDeno(["install", "--quiet"]) !== 0) return false;
  for (const kind of TEST_SERVERS) await kind.fetch();
  return true;
}

if (import.meta.main) {
  if (Deno.args.includes("--stop")) {
    console.log(`Servers stopped: ${await stopBeside()}`);
  } else if (!await install()) {
    Deno.exit(1);
  } else if (!Deno.args.includes("--install")) {
    for (const [variable, uri] of Object.entries(await startBeside())) console.log(`${variable}=${uri}`);
    console.log("They run until `deno task services --stop`; `deno task test` finds them by itself");
    Deno.exit(0); // the pipes to servers that stay would keep this process alive
  }
}
