/** Holds every import against the table in `import_rules.ts` and says how to mend each break. */
import { allows, DRIVERS, IMPORT_RULES, type ImportRule, INTERFACES, OPENERS, partOf } from "./import_rules.ts";
import { findCycles } from "./find_cycles.ts";
import { type Finding, formatFinding, isTestCode, projectFiles } from "./project.ts";
import { type ImportEdge, type ImportingFile, readImports } from "./read_imports.ts";

/** Everything wrong with the imports of these files. */
export function checkImports(files: ImportingFile[]): Finding[] {
  const product = files.filter(({ file }) => !isTestCode(file));
  const findings = product.flatMap(({ file, imports }) => imports.flatMap((edge) => checkEdge(file, edge)));
  for (const { file, imports } of files.filter(({ file }) => isTestCode(file))) {
    findings.push(...imports.flatMap((edge) => checkPath(file, edge)));
  }
  return [...findings, ...checkCycles(product)];
}

function checkEdge(file: string, edge: ImportEdge): Finding[] {
  const rule = IMPORT_RULES.find(({ parts }) => parts.test(partOf(file)));
  return edge.target === null
    ? checkPackage(file, edge, rule)
    : [...checkPath(file, edge), ...checkTarget(file, edge, edge.target, rule)];
}

function checkPackage(file: string, { specifier, line, typeOnly }: ImportEdge, rule?: ImportRule): Finding[] {
  const findings: Finding[] = [];
  const owner = DRIVERS[specifier];
  if (owner && !typeOnly && !`/${file}`.endsWith(`/${owner}`)) {
    findings.push({
      file,
      line,
      message: `"${specifier}" is a driver, and only ${
        owner.includes("/") ? owner : `a file named ${owner}`
      } may import it`,
      mend: `ask for what you need through the role's interface (lib/…/mod.ts), or add it in ${owner}`,
    });
  }
  const ownPackage = !specifier.startsWith(".") && !specifier.startsWith("@/") && !specifier.startsWith("file:");
  if (ownPackage && rule?.packages && !rule.packages.includes(specifier)) {
    findings.push({
      file,
      line,
      message: `"${specifier}" may not be imported here: ${rule.says}`,
      mend: "move the code that needs it to the folder that asks this one, or take the value as an argument",
    });
  }
  return findings;
}

function checkTarget(file: string, { line, typeOnly }: ImportEdge, target: string, rule?: ImportRule): Finding[] {
  if (isTestCode(target)) {
    return [{
      file,
      line,
      message: `the product may not import "${target}", which serves tests and tools only`,
      mend: "move what is shared into lib/ and import it from there on both sides",
    }];
  }
  if (partOf(file) === partOf(target)) return [];
  if (INTERFACES.test(target) && !typeOnly && !OPENERS.test(file) && !INTERFACES.test(file)) {
    return [{
      file,
      line,
      message: `"${target}" is one implementation of a role, which only lib/open_services.ts may choose`,
      mend: `take the role from Services and import its types from "@/${partOf(target)}/mod.ts"`,
    }];
  }
  if (!rule || allows(rule.values, target)) return [];
  if (typeOnly && allows(rule.types ?? [], target)) return [];
  return [{ file, line, message: `"${target}" may not be imported here: ${rule.says}`, mend: mendOf(target, rule) }];
}

function mendOf(target: string, rule: ImportRule): string {
  if (/^(widgets|plugins)/.test(target)) {
    return "take it from Services (services.widgets, services.sources), or move what both need into lib/ or components/";
  }
  if (rule.types && allows(rule.types, target)) {
    return "write `import type`, or hand the value in as a prop or argument";
  }
  return "hand the value in as an argument, or move the shared piece into a folder that both may import";
}

/** How an import is written: `@/…` across folders, `./…` inside one, and Fresh by its own names. */
function checkPath(file: string, { specifier, target, line }: ImportEdge): Finding[] {
  if (target === null || partOf(file) === partOf(target)) return [];
  if (specifier.startsWith("@/lib/fresh/") && !isTestCode(file)) {
    return [{
      file,
      line,
      message: `"${specifier}" reaches into the stand-in for Fresh`,
      mend: 'import from "fresh", "fresh/runtime" or "fresh/dev"',
    }];
  }
  if (!specifier.startsWith(".") || !specifier.includes("../")) return [];
  return [{
    file,
    line,
    message: `"${specifier}" leaves its folder by a relative path`,
    mend: `write "@/${target}"`,
  }];
}

function checkCycles(files: ImportingFile[]): Finding[] {
  const edges = new Map<string, Map<string, { file: string; line: number }>>();
  const isFolder = (part: string) => /^lib\/[^/.]+$/.test(part);
  for (const { file, imports } of files) {
    const from = partOf(file);
    for (const { target, line } of imports) {
      const to = target === null ? from : partOf(target);
      if (from === to || !isFolder(from) || !isFolder(to)) continue;
      const out = edges.get(from) ?? new Map();
      if (!out.has(to)) out.set(to, { file, line });
      edges.set(from, out);
    }
  }
  const graph = new Map([...edges].map(([from, out]) => [from, [...out.keys()]]));
  return findCycles(graph).map((cycle) => {
    const steps = cycle.map((from, i) => ({ from, to: cycle[(i + 1) % cycle.length] ?? from }));
    const at = steps.map(({ from, to }) => edges.get(from)?.get(to)).filter((place) => place !== undefined);
    const others = at.slice(1).map(({ file, line }) => `${file}:${line}`).join(", ");
    return {
      file: at[0]?.file ?? cycle[0] ?? "lib",
      line: at[0]?.line ?? 1,
      message: `folders import each other in a circle: ${[...cycle, cycle[0]].join(" → ")} (also ${others})`,
      mend: "move what both need into the folder that is imported more, or hand it in as an argument",
    };
  });
}

/** Checks the whole project. */
export async function checkProjectImports(): Promise<Finding[]> {
  return checkImports(await readImports(await projectFiles([".ts", ".tsx"])));
}

if (import.meta.main) {
  const findings = await checkProjectImports();
  for (const finding of findings) console.log(formatFinding(finding));
  Deno.exitCode = findings.length > 0 ? 1 : 0;
}
