/** Holds what was read against what the file says of itself. Pure. */
import type { Dataset, Finding } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import type { PreambleFacts } from "./preamble.ts";

/** Findings about totals, duplicates, merged and masked cells. */
export function reconcile(dataset: Dataset, staged: StagedRows, facts?: Pick<PreambleFacts, "rows">): Finding[] {
  const findings: Finding[] = [];
  if (facts?.rows) {
    const read = staged.counts.read - staged.counts.totals;
    findings.push({
      topic: "row-count",
      finding: read === facts.rows ? "as many rows as the report says" : "not as many rows as the report says",
      evidence: `${read.toLocaleString("en")} read, ${facts.rows.toLocaleString("en")} named above the header`,
    });
  }
  for (const [name, total] of Object.entries(staged.fileTotals)) {
    const column = dataset.columns.find((c) => c.name === name);
    if (!column || total === null || (total === 0n && !staged.rowTotals[name])) continue;
    const sum = staged.rowTotals[name] ?? 0n;
    const show = (value: bigint) => amount(value, column.type === "decimal");
    findings.push({
      topic: `total:${name}`,
      finding: sum === total
        ? `${column.title}: the rows add up to the file's own total`
        : `${column.title} differs from the file's own total`,
      agrees: sum === total,
      evidence: sum === total ? show(total) : `rows ${show(sum)}, file ${show(total)}, difference ${show(sum - total)}`,
    });
  }
  const { duplicates, collapsed } = staged.counts;
  if (duplicates > 0) {
    findings.push({
      topic: "duplicates",
      finding: `${duplicates} records repeat another in every column and count once`,
      evidence: lines(staged.duplicateLines, duplicates),
    });
  }
  if (collapsed > 0) {
    const why = staged.duplicatesSummed ? "; equal ones too, since only so the file's own total fits" : "";
    findings.push({
      topic: "collapsed",
      finding: `${collapsed} records were added to another of the same key${why}`,
      evidence: lines(staged.collapsedLines, collapsed),
    });
  }
  if (staged.masked > 0) {
    findings.push({
      topic: "masked",
      finding: `${staged.masked} cells hide their number and count as not known`,
      evidence: "written as < or > and a bound",
    });
  }
  return findings;
}

function lines(known: number[], count: number): string {
  const shown = known.slice(0, 20);
  return `${count === 1 ? "line" : "lines"} ${shown.join(", ")}${count > shown.length ? " …" : ""}`;
}

/** A stored integer as a person writes it. */
function amount(value: bigint, decimal: boolean): string {
  if (!decimal) return value.toLocaleString("en");
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${sign}${BigInt(digits.slice(0, -6)).toLocaleString("en")}.${fraction}`;
}
