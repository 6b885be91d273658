/**
 * `deno task ok [--no-tests]`: the gate. Format, lint, types, import directions, house rules, then every test. All of
 * them run, so that one look shows everything there is to mend; fails when any of them did.
 */
import { checkProjectHouse } from "./check_house.ts";
import { checkProjectImports } from "./check_imports.ts";
import { closingLine } from "./junit.ts";
import { type Finding, formatFinding, runDeno } from "./project.ts";
import { reportRun, runTests } from "./test.ts";

/** One gate: how to run it (true = good), and the order to give where it fails. */
interface Check {
  name: string;
  run: () => Promise<boolean>;
  mend: string;
}

async function showFindings(find: () => Promise<Finding[]>): Promise<boolean> {
  const findings = await find();
  for (const finding of findings) console.log(formatFinding(finding));
  return findings.length === 0;
}

const CHECKS: Check[] = [
  { name: "format", run: async () => await runDeno(["fmt", "--check", "--quiet"]) === 0, mend: "run `deno fmt`" },
  { name: "lint", run: async () => await runDeno(["lint", "--quiet"]) === 0, mend: "see the hint under each finding" },
  { name: "types", run: async () => await runDeno(["check", "--quiet", "."]) === 0, mend: "see each error's place" },
  { name: "import directions", run: () => showFindings(checkProjectImports), mend: "see each line's order" },
  { name: "house rules", run: () => showFindings(checkProjectHouse), mend: "see each line's order" },
];

const failed: Check[] = [];
for (const check of CHECKS) {
  console.log(`== ${check.name}`);
  if (!await check.run()) failed.push(check);
}
let lastLine = "";
let testsPassed = true;
if (!Deno.args.includes("--no-tests")) {
  console.log("== tests");
  const run = await runTests([], { noSkips: Deno.env.get("NO_SKIPS") === "1" });
  reportRun(run);
  lastLine = closingLine(run);
  testsPassed = run.problems.length === 0;
}
for (const { name, mend } of failed) console.log(`The check "${name}" failed; to mend it: ${mend}`);
if (failed.length === 0) console.log("Every check passed");
if (lastLine) console.log(lastLine);
Deno.exitCode = failed.length > 0 || !testsPassed ? 1 : 0;
