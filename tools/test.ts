/**
 * `deno task test [--no-skips] [paths or deno test options]`: runs every test and closes with one plain line,
 * "N passed, N failed, N skipped". Fails when a test failed, when none ran, and with `--no-skips` (or NO_SKIPS=1, as
 * CI sets it) when one was skipped.
 *
 * Files run one after the other: many of them open engines or a browser that use every core by themselves, and tests of
 * leases and deadlines must not be slowed down by a neighbour. Types are `deno task ok`'s affair.
 *
 * The servers that tests talk to are started for the run, unless `deno task services` started them, or `MONGODB_URI` and
 * `REDIS_URL` name others: then the same tests run against those.
 */
import { join } from "node:path";
import { serversForRun } from "@/tests/servers/test_servers.ts";
import { closingLine, countTests, type TestCounts } from "./junit.ts";
import { runDeno } from "./project.ts";

/** How a run went. */
export interface TestRun extends TestCounts {
  /** Why the run counts as failed; empty when it does not. */
  problems: string[];
}

/** Runs `deno test` and reads what came out of it. */
export async function runTests(args: string[], { noSkips }: { noSkips: boolean }): Promise<TestRun> {
  const scratch = await Deno.makeTempDir({ prefix: "tessera-tests-" });
  try {
    const report = join(scratch, "junit.xml");
    // Everything from npm first, so that a test which reads a package's files by path finds them on a fresh clone.
    const installed = await runDeno(["install", "--quiet"]);
    if (installed !== 0) return judge("", installed, { noSkips });
    await using servers = await serversForRun();
    const code = await runDeno(
      ["test", "-A", "--no-check", "--ignore=tools/test.ts", `--junit-path=${report}`, ...args],
      servers.env,
    );
    return judge(await readIfThere(report), code, { noSkips });
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** What a report and an exit code mean together. */
export function judge(junit: string, code: number, { noSkips }: { noSkips: boolean }): TestRun {
  const counts = countTests(junit);
  const problems: string[] = [];
  if (code !== 0 && counts.failed === 0) {
    // A file that cannot be loaded, a crash, an error outside of any test: the report knows nothing of it.
    counts.failed = 1;
    problems.push(`the test run ended with code ${code} outside of a test; the output above says where`);
  } else if (counts.failed > 0) {
    problems.push(`${counts.failed} of the tests failed; the output above says which`);
  } else if (counts.passed + counts.skipped === 0) {
    problems.push("no test ran; check the paths given");
  }
  if (noSkips && counts.skipped > 0) {
    problems.push(`${counts.skipped} tests were skipped, which is not allowed here; install what their names say`);
  }
  return { ...counts, problems };
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/** Prints what a person should know before the closing line. */
export function reportRun(run: TestRun): void {
  if (run.skippedNames.length > 0) console.log(`\nSkipped:\n${run.skippedNames.map((name) => `  ${name}`).join("\n")}`);
  for (const problem of run.problems) console.log(`\nThe tests did not pass: ${problem}`);
  console.log("");
}

if (import.meta.main) {
  const noSkips = Deno.args.includes("--no-skips") || Deno.env.get("NO_SKIPS") === "1";
  const run = await runTests(Deno.args.filter((arg) => arg !== "--no-skips"), { noSkips });
  reportRun(run);
  console.log(closingLine(run));
  Deno.exitCode = run.problems.length > 0 ? 1 : 0;
}
