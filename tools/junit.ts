/** Reads the counts out of a JUnit report as `deno test --junit-path` writes it. */

/** What a test run came to. */
export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the skipped tests, as "file: name". */
  skippedNames: string[];
}

/** How long the tests of one file took together. */
export interface FileTime {
  file: string;
  seconds: number;
}

interface TestCase {
  /** Where the test is declared: a shared declaration's own file, where there is one. */
  file: string;
  /** The file that was run. */
  suite: string;
  name: string;
  seconds: number;
  outcome: "passed" | "failed" | "skipped";
}

/**
 * Counts tests. A step stands in the report beside its test as "test > step": its failure is its test's already, so
 * only a skipped step counts by itself, because nothing else would tell of it.
 */
export function countTests(junit: string): TestCounts {
  const cases = readCases(junit);
  const isStep = stepsAmong(cases);
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0, skippedNames: [] };
  for (const test of cases) {
    if (test.outcome !== "skipped" && isStep(test)) continue;
    counts[test.outcome]++;
    if (test.outcome === "skipped") counts.skippedNames.push(`${test.file}: ${test.name}`);
  }
  return counts;
}

/** The files whose tests took longest, the longest first; what a file takes to load is in no report. */
export function slowestFiles(junit: string, count: number): FileTime[] {
  const cases = readCases(junit);
  const isStep = stepsAmong(cases);
  const files = new Map<string, number>();
  // A step's time is part of its test's.
  for (const test of cases) if (!isStep(test)) files.set(test.suite, (files.get(test.suite) ?? 0) + test.seconds);
  return [...files].map(([file, seconds]) => ({ file: file.replace(/^\.\//, ""), seconds }))
    .toSorted((a, b) => b.seconds - a.seconds).slice(0, count);
}

/** The one line a run closes with. */
export function closingLine({ passed, failed, skipped }: Pick<TestCounts, "passed" | "failed" | "skipped">): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function stepsAmong(cases: TestCase[]): (test: TestCase) => boolean {
  const parents = new Set(cases.map((test) => `${test.file}\n${test.name}`));
  return ({ file, name }) =>
    [...name.matchAll(/ > /g)].some((match) => parents.has(`${file}\n${name.slice(0, match.index)}`));
}

function readCases(junit: string): TestCase[] {
  const cases: TestCase[] = [];
  let suite = "";
  // The writer escapes <, > and quotes in every text and attribute, so tags are found by their brackets alone.
  for (
    const [, suiteName, attributes = "", closed, body = ""] of junit.matchAll(
      /<testsuite\s[^>]*?\bname="([^"]*)"|<testcase\s([^>]*?)(\/?)>([^]*?)(?=<testcase\s|<\/testsuite>|$)/g,
    )
  ) {
    if (suiteName !== undefined) {
      suite = unescapeXml(suiteName);
      continue;
    }
    const content = closed ? "" : body;
    cases.push({
      file: unescapeXml(/\bclassname="([^"]*)"/.exec(attributes)?.[1] ?? ""),
      suite,
      name: unescapeXml(/\bname="([^"]*)"/.exec(attributes)?.[1] ?? ""),
      seconds: Number(/\btime="([^"]*)"/.exec(attributes)?.[1] ?? 0),
      outcome: /<(failure|error)[\s>/]/.test(content)
        ? "failed"
        : /<skipped[\s>/]/.test(content)
        ? "skipped"
        : "passed",
    });
  }
  return cases;
}

function unescapeXml(text: string): string {
  const names: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => names[name] ?? whole);
}
