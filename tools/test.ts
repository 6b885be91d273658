/**
 * `deno task test [--no-skips] [paths or deno test options]`: runs every test, lists the slowest files and closes with
 * one plain line, "N passed, N failed, N skipped". Fails when a test failed, when none ran, and with `--no-skips` (or
 * NO_SKIPS=1, as CI sets it) when one was skipped.
 *
 * A whole run has two parts. Most files run two to four at a time, one a processor. Those of `ALONE` run one after the
 * other: they tell of leases and deadlines within milliseconds, which a neighbour must not slow down. Paths that are
 * named run one after the other as well. Types are `deno task ok`'s affair.
 *
 * The servers that tests talk to are started for the run, unless `deno task services` started them, or `MONGODB_URI` and
 * `REDIS_URL` name others: then the same tests run against those.
 */
import { join } from "node:path";
import { serversForRun } from "@/tests/servers/test_servers.ts";
import { closingLine, countTests, type FileTime, slowestFiles, type TestCounts } from "./junit.ts";
import { buildIfChanged } from "./build_if_changed.ts";
import { projectFiles, projectRoot, runDeno } from "./project.ts";

/** How a run went. */
export interface TestRun extends TestCounts {
  /** Why the run counts as failed; empty when it does not. */
  problems: string[];
  /** Where the time went: the slowest files first. */
  slowest: FileTime[];
  /** Seconds of the whole run, servers and loading included. */
  seconds: number;
}

/** So many files are listed as the slowest. */
const LISTED = 15;

/** Short files that run one after the other, each with the machine to itself. */
const ALONE = [
  /^(bench|tools|lib\/mongo)\//,
  /^lib\/.*(circuit|cron|deadline|drain|events?|hold|idempotency|jobs?|lease|redis|upkeep|worker)(_|\/|\.)/,
];

/** The two parts of a whole run. */
async function wholeRun(): Promise<{ args: string[]; jobs: number }[]> {
  // One build for every file that starts the application.
  await buildIfChanged(projectRoot);
  const files = await projectFiles(["_test.ts", "_test.tsx"]);
  const alone = files.filter(runsAlone);
  // All of them share one database server: more would wait for it.
  const jobs = Math.min(4, Math.max(2, navigator.hardwareConcurrency));
  return [{ args: files.filter((file) => !runsAlone(file)), jobs }, { args: alone, jobs: 1 }];
}

/** Whether a test file wants the machine to itself. */
export function runsAlone(file: string): boolean {
  return ALONE.some((pattern) => pattern.test(file));
}

/** Runs `deno test` and reads what came out of it. */
export async function runTests(args: string[], { noSkips }: { noSkips: boolean }): Promise<TestRun> {
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1_000;
  const scratch = await Deno.makeTempDir({ prefix: "tessera-tests-" });
  try {
    // Everything from npm first, so that a test which reads a package's files by path finds them on a fresh clone.
    const installed = await runDeno(["install", "--quiet"]);
    if (installed !== 0) return judge("", installed, { noSkips, seconds: elapsed() });
    await using servers = await serversForRun();
    const parts = args.length === 0 ? await wholeRun() : [{ args, jobs: 1 }];
    let [report, code] = ["", 0];
    for (const [index, part] of parts.entries()) {
      const file = join(scratch, `junit-${index}.xml`);
      const ended = await runDeno(
        [
          ...["test", "-A", "--no-check", "--ignore=tools/test.ts", `--junit-path=${file}`],
          ...part.jobs > 1 ? ["--parallel"] : [],
          ...part.args,
        ],
        { ...servers.env, DENO_JOBS: String(part.jobs) },
      );
      code ||= ended;
      report += await readIfThere(file);
    }
    return judge(report, code, { noSkips, seconds: elapsed() });
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** What a report and an exit code mean together. */
export function judge(
  junit: string,
  code: number,
  { noSkips, seconds = 0 }: { noSkips: boolean; seconds?: number },
): TestRun {
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
  return { ...counts, problems, slowest: slowestFiles(junit, LISTED), seconds };
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
  if (run.slowest.length > 1) {
    console.log(`\n${run.seconds.toFixed(0)} s in all; the slowest files:`);
    for (const { file, seconds } of run.slowest) console.log(`${seconds.toFixed(1).padStart(8)} s  ${file}`);
  }
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
