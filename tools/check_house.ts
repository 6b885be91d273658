/** House rules that neither compiler nor linter knows. Each says where and how to mend it. */
import { join } from "node:path";
import { type Finding, formatFinding, isTestCode, projectFiles, projectRoot } from "./project.ts";

const MAX_LINES = 400;
/** Suites hold many small cases, which read better side by side. */
const MAX_TEST_LINES = 600;

interface LineRule {
  pattern: RegExp;
  message: string;
  mend: string;
  /** Which files it is for. */
  where: (file: string) => boolean;
}

const everywhere = () => true;
/** Stands in for a package, which has neither our settings nor our log. */
const isFresh = (file: string) => file.startsWith("lib/fresh/");
/** Writes a generated file when it is run by hand. */
const isMaker = (file: string) => /^widgets\/make_\w+\.ts$/.test(file);
const isCode = (file: string) => /\.tsx?$/.test(file);
/** These files spell out what they look for. */
const isThisCheck = (file: string) => /^tools\/check_house(_test)?\.ts$/.test(file);

const LINE_RULES: LineRule[] = [
  {
    // Handing `Deno.env` to readConfig() reads nothing by itself.
    pattern: /\b(Deno\.env\.\w+|process\.env\b)/,
    message: "the environment is read here",
    mend: "add the setting to lib/config.ts and take it from `services.config`",
    where: (file) => isCode(file) && file !== "lib/config.ts" && !isFresh(file) && !isTestCode(file),
  },
  {
    pattern: /\b(TODO|FIXME|HACK)\b/,
    message: "an unfinished mark",
    mend: "finish it, or write what is not supported as a plain sentence",
    where: everywhere,
  },
  {
    pattern: /(^|[\s"'`(=])\/((work|farm|root|home|Users)\/\w|tmp\/\w)[/\w]*/,
    message: "a path of one machine",
    mend: "use a path relative to the project, `import.meta.url`, or Deno.makeTempDir()",
    where: everywhere,
  },
  {
    pattern:
      /\b(issue|ticket) #?\d+\b|\bthe brief\b|\bsub-?agent\b|\b(design|facts|style|reliability|marketing)\.md\b/i,
    message: "a word about how the project is made",
    mend: "say what the code does and why, without naming plans or pages that a reader does not have",
    where: everywhere,
  },
  {
    pattern: /@ts-(ignore|nocheck)\b/,
    message: "the type check is switched off",
    mend: "give the value its type; where the types of a package are wrong, `@ts-expect-error` with the reason",
    where: isCode,
  },
  {
    pattern: /@ts-expect-error\s*$/,
    message: "@ts-expect-error without a reason",
    mend: "write the reason behind it, on the same line",
    where: isCode,
  },
  {
    pattern: /deno-lint-ignore(-file)?(?!.*(--|:\s*\S)).*$/,
    message: "a lint rule is switched off without a reason",
    mend: "write `-- reason` behind it, or mend what the rule found",
    where: isCode,
  },
  {
    pattern: /\bDeno\.test\.(only|ignore)\b|\b(ignore|only): true\b/,
    message: "a test is switched off, or switches off all others",
    mend: "let it run; a test that needs a missing program is skipped by a condition that says what is missing",
    where: isTestCode,
  },
  {
    pattern: /\bconsole\.(log|debug|info|warn|error)\(/,
    message: "output past the log",
    mend: "use `services.log`, which adds time, level and request id",
    where: (file) =>
      /^(lib|routes|plugins|widgets)\//.test(file) && file !== "lib/log.ts" && !isFresh(file) && !isMaker(file) &&
      !isTestCode(file),
  },
];

/** Everything wrong with one file. */
export function checkHouse(file: string, text: string): Finding[] {
  const lines = text.split("\n");
  const findings: Finding[] = [];
  if (!isThisCheck(file)) {
    const rules = LINE_RULES.filter((rule) => rule.where(file));
    lines.forEach((line, i) => {
      for (const { pattern, message, mend } of rules) {
        const found = pattern.exec(line);
        if (found) findings.push({ file, line: i + 1, message: `${message}: "${found[0].trim()}"`, mend });
      }
    });
  }
  const length = text.endsWith("\n") ? lines.length - 1 : lines.length;
  const most = isTestCode(file) ? MAX_TEST_LINES : MAX_LINES;
  if (isCode(file) && length > most) {
    findings.push({
      file,
      line: most + 1,
      message: `the file has ${length} lines, more than ${most}`,
      mend: "split it along its parts: one main export a file",
    });
  }
  if (isCode(file) && /^lib\//.test(file) && !isTestCode(file)) findings.push(...checkDocs(file, lines));
  return findings;
}

/** Every export in lib/ is documented; overloads count as one, and so does a run of one-line constants. */
function checkDocs(file: string, lines: string[]): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  lines.forEach((line, i) => {
    const found = /^export (?:default )?(?:async )?(?:abstract )?(?:function\*?|class|interface|type|const|let) (\w+)/
      .exec(
        line,
      );
    const name = found?.[1];
    if (!name || seen.has(name)) return;
    seen.add(name);
    let above = i - 1;
    while (/^(export const .*;|\/\/ deno-lint-ignore.*)$/.test(lines[above] ?? "")) above--;
    if (/\*\/\s*$/.test(lines[above] ?? "")) return;
    findings.push({
      file,
      line: i + 1,
      message: `the export "${name}" has no description`,
      mend: "write one JSDoc line above it that says what it is for",
    });
  });
  return findings;
}

/** Checks the whole project. */
export async function checkProjectHouse(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of await projectFiles([".ts", ".tsx", ".md", ".css", ".json", ".yml"])) {
    if (file === "deno.lock") continue;
    findings.push(...checkHouse(file, await Deno.readTextFile(join(projectRoot, file))));
  }
  return findings;
}

if (import.meta.main) {
  const findings = await checkProjectHouse();
  for (const finding of findings) console.log(formatFinding(finding));
  Deno.exitCode = findings.length > 0 ? 1 : 0;
}
