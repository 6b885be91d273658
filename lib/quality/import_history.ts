import type { ImportJob } from "@/lib/model/mod.ts";
import type { BrokenRule, ImportQuality, Reconciliation } from "./quality.ts";

/** What the imports that count say of a dataset. Sums over all of them. */
export interface ImportHistory {
  /** Newest first. */
  imports: ImportQuality[];
  brokenRules: BrokenRule[];
  reconciliation: Reconciliation;
  read: number;
  rejected: number;
  flagged: number;
  repeated: number;
}

/** Half a fault: the row is in, and somebody should look. */
const FLAGGED_WEIGHT = 0.5;

/** Reads the ledger's entries of one dataset, newest first. Pure. */
export function importHistory(jobs: ImportJob[]): ImportHistory {
  const rules = new Map<string, BrokenRule>();
  const history: ImportHistory = {
    imports: [],
    brokenRules: [],
    reconciliation: { checked: 0, differing: [] },
    read: 0,
    rejected: 0,
    flagged: 0,
    repeated: 0,
  };
  for (const job of jobs) {
    const { read, rejected, duplicates, collapsed } = job.counts;
    const flagged = flaggedRows(job);
    const repeated = duplicates + collapsed;
    history.imports.push({
      id: job.id,
      filename: job.filename,
      at: job.createdAt,
      read,
      rejected,
      flagged,
      repeated,
      score: faultless(read, rejected, flagged),
    });
    history.read += read;
    history.rejected += rejected;
    history.flagged += flagged;
    history.repeated += repeated;
    for (const outcome of job.rules.filter(({ broken }) => broken > 0)) {
      const known = rules.get(outcome.rule);
      rules.set(outcome.rule, {
        rule: outcome.rule,
        kind: outcome.kind,
        title: known?.title ?? outcome.title,
        action: known?.action ?? outcome.action,
        broken: (known?.broken ?? 0) + outcome.broken,
        imports: (known?.imports ?? 0) + 1,
        lastImport: known?.lastImport ?? { id: job.id, filename: job.filename },
      });
    }
    for (const { topic, finding, evidence, agrees } of job.findings) {
      if (!topic.startsWith("total:") || agrees === undefined) continue;
      history.reconciliation.checked++;
      if (agrees) continue;
      history.reconciliation.differing.push({ id: job.id, filename: job.filename, title: finding, evidence });
    }
  }
  history.brokenRules = [...rules.values()].toSorted((a, b) => b.broken - a.broken);
  return history;
}

/** 0–100: the share of rows that came in without a fault; flagged ones count half. */
export function faultless(read: number, rejected: number, flagged: number): number {
  if (read === 0) return 100;
  return Math.max(0, Math.round(1_000 * (1 - (rejected + FLAGGED_WEIGHT * flagged) / read)) / 10);
}

/** Rows that a rule flagged, at most: one that breaks two rules cannot be told from two that break one. */
function flaggedRows({ rules, counts }: ImportJob): number {
  const flagged = rules.filter(({ result, kind }) =>
    (result === "flagged" || result === "tolerated") && kind !== "usual" && kind !== "fresh"
  ).reduce((sum, { broken }) => sum + broken, 0);
  return Math.min(flagged, counts.read - counts.rejected);
}
