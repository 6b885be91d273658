/** The score: parts from 0 to 100, each with its reason, weighed and added up. Pure. */
import type { Quality, QualityPart } from "./quality.ts";

/** What the parts are worked out from. */
export type Measured = Pick<Quality, "completeness" | "gaps" | "outliers" | "reconciliation"> & {
  read: number;
  rejected: number;
  flagged: number;
  repeated: number;
  imports: number;
  /** Days since the newest row; null without rows. */
  daysOld: number | null;
  /** Days that data may be old. */
  allowedDays: number;
  expectedDays: number;
  presentDays: number;
  lookedAtDays: number;
};

/** What each part counts, before parts without anything to tell them by are left out. */
const WEIGHTS: Record<QualityPart["id"], number> = {
  completeness: 20,
  validity: 25,
  uniqueness: 10,
  freshness: 20,
  gaps: 15,
  outliers: 5,
  reconciliation: 5,
};

/** The parts and what they come to. */
export function scoreOf(measured: Measured): { score: number | null; parts: QualityPart[] } {
  const raw = [
    completeness(measured),
    validity(measured),
    uniqueness(measured),
    freshness(measured),
    gaps(measured),
    outliers(measured),
    reconciliation(measured),
  ];
  const counting = raw.filter(({ score }) => score !== null).reduce((sum, { id }) => sum + WEIGHTS[id], 0);
  const parts = raw.map((part) => ({
    ...part,
    score: part.score === null ? null : shown(part.score),
    weight: part.score === null || counting === 0 ? 0 : Math.round(100 * WEIGHTS[part.id] / counting),
  }));
  if (counting === 0) return { score: null, parts };
  const sum = raw.reduce((sum, { id, score }) => sum + (score ?? 0) * WEIGHTS[id], 0);
  return { score: shown(sum / counting), parts };
}

/** Whole numbers; 100 only where nothing at all is wrong. */
function shown(score: number): number {
  return score < 100 ? Math.min(99, Math.round(score)) : 100;
}

type Raw = Omit<QualityPart, "weight">;

function completeness({ completeness: all }: Measured): Raw {
  const base = { id: "completeness", title: "Completeness" } as const;
  const completeness = all.filter(({ optional }) => !optional);
  if (completeness.length === 0) return { ...base, score: null, says: "No rows to look at" };
  const share = completeness.reduce((sum, { rows, filled }) => sum + filled / rows, 0) / completeness.length;
  const holes = completeness.filter(({ rows, filled }) => filled < rows);
  const worst = holes.toSorted((a, b) => a.filled / a.rows - b.filled / b.rows)[0];
  const says = worst
    ? `${count(holes.length, "column")} of ${completeness.length} ${
      holes.length === 1 ? "has" : "have"
    } empty cells, ` +
      `most of all ${worst.title} (${percent(worst.filled / worst.rows)} filled)`
    : `All ${completeness.length} columns are filled in every row of the platforms that bring them`;
  return { ...base, score: 100 * share, says };
}

function validity({ read, rejected, flagged, imports }: Measured): Raw {
  const base = { id: "validity", title: "Validity" } as const;
  if (read === 0) return { ...base, score: null, says: "No imports to look at" };
  const says = rejected + flagged === 0
    ? `No row of ${count(imports, "import")} broke a rule`
    : `${number(rejected)} set aside and ${number(flagged)} flagged of ${
      count(read, "row")
    } read; flagged ones count half`;
  return { ...base, score: 100 * Math.max(0, 1 - (rejected + flagged / 2) / read), says };
}

function uniqueness({ read, repeated }: Measured): Raw {
  const base = { id: "uniqueness", title: "Uniqueness" } as const;
  if (read === 0) return { ...base, score: null, says: "No imports to look at" };
  const says = repeated === 0
    ? "No row stood twice in its file"
    : `${number(repeated)} of ${number(read)} rows shared their key with another of the same file`;
  return { ...base, score: 100 * (1 - repeated / read), says };
}

function freshness({ daysOld, allowedDays }: Measured): Raw {
  const base = { id: "freshness", title: "Freshness" } as const;
  if (daysOld === null) return { ...base, score: null, says: "No rows to look at" };
  const age = daysOld <= 0 ? "today" : daysOld === 1 ? "yesterday" : `${number(daysOld)} days ago`;
  const late = daysOld - allowedDays;
  // Four times as old as allowed is worth nothing.
  const score = late <= 0 ? 100 : Math.max(0, 100 * (1 - late / (3 * allowedDays)));
  return { ...base, score, says: `The newest day was ${age}; up to ${count(allowedDays, "day")} is fine` };
}

function gaps({ gaps, expectedDays, presentDays }: Measured): Raw {
  const base = { id: "gaps", title: "Days" } as const;
  if (expectedDays === 0) return { ...base, score: null, says: "No account reports by day" };
  const missing = expectedDays - presentDays;
  const longest = gaps[0];
  const says = longest
    ? `${count(missing, "day")} missing in ${count(gaps.length, "stretch", "stretches")}, the longest ${
      count(longest.days, "day")
    }`
    : "Every account has rows on each of its days";
  // A tenth of the days missing is as bad as it gets.
  return { ...base, score: Math.max(0, 100 * (1 - 10 * missing / expectedDays)), says };
}

function outliers({ outliers, lookedAtDays }: Measured): Raw {
  const base = { id: "outliers", title: "Outliers" } as const;
  if (lookedAtDays === 0) return { ...base, score: null, says: "No sums to look at" };
  const says = outliers.length === 0
    ? "No day is far off what its weekday usually is"
    : `${count(outliers.length, "day")} far off what ${
      outliers.length === 1 ? "its weekday" : "their weekdays"
    } usually are`;
  return { ...base, score: Math.max(0, 100 * (1 - 20 * outliers.length / lookedAtDays)), says };
}

function reconciliation({ reconciliation: { checked, differing } }: Measured): Raw {
  const base = { id: "reconciliation", title: "Reconciliation" } as const;
  if (checked === 0) return { ...base, score: null, says: "No file brought totals of its own" };
  const says = differing.length === 0
    ? `The rows add up to all ${number(checked)} totals that files brought`
    : `${number(differing.length)} of ${number(checked)} totals differ from what the rows add up to`;
  return { ...base, score: 100 * (1 - differing.length / checked), says };
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

function number(n: number): string {
  return n.toLocaleString("en");
}

function percent(share: number): string {
  return `${Math.floor(share * 1_000) / 10} %`;
}
