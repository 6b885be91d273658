/** Rules about a file as a whole: how fresh it is, and whether its days are as days usually are. */
import { type Dataset, type Rule, type RuleOutcome, rulesOf, ruleTitle, timeColumn } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DayTotal, StagedRows } from "@/lib/staging/mod.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";

type UsualRule = Rule & { kind: "usual" };
type Judged = Pick<RuleOutcome, "broken" | "result" | "note">;

/** The days before a file's first that say what is usual, and how many of them must have rows. */
const LOOK_BACK_DAYS = 56;
const ENOUGH_DAYS = 7;
const DAY_MS = 86_400_000;

/** Where the file stands. */
export interface FileToJudge {
  workspace: string;
  dataset: Dataset;
  staged: StagedRows;
  /** The day that it is in the dataset's zone. */
  today: string;
}

/** Checks them all. Rows of days that a rule rejects are set aside; `staged` is what is left. */
export async function judgeFile(
  services: Pick<Services, "warehouse" | "staging">,
  file: FileToJudge,
): Promise<{ staged: StagedRows; outcomes: RuleOutcome[] }> {
  const { dataset, workspace } = file;
  const outcomes: RuleOutcome[] = [];
  const note = (rule: Rule, judged: Judged) =>
    outcomes.push({ rule: rule.id, kind: rule.kind, title: ruleTitle(rule, dataset), action: rule.action, ...judged });
  let staged: StagedRows = file.staged;
  const rules = rulesOf(dataset);
  for (const rule of rules) if (rule.kind === "fresh") note(rule, judgeFreshness(rule, file));
  const usual = rules.filter((rule): rule is UsualRule =>
    rule.kind === "usual" && staged.columns.includes(rule.column)
  );
  const reason = usual.length ? whyUnknown(staged) : null;
  if (reason) { for (const rule of usual) note(rule, { broken: 0, result: "not-checked", note: reason }); }
  if (reason || usual.length === 0) return { staged, outcomes };

  const measures = [...new Set(usual.map((rule) => rule.column))];
  const history = await usualDays(services, file, measures);
  // Where nothing stands before the file, nothing is usual: its days need not be added up.
  const days = history.size === 0 ? [] : await services.staging.dayTotals(workspace, dataset, staged, measures);
  for (const rule of usual) {
    const odd = oddDays(rule, days, history, dataset);
    const broken = odd.days.length;
    const over = broken > 0 && broken * 100 > rule.threshold * days.length;
    if (odd.unknown) {
      note(rule, { broken: 0, result: "not-checked", note: `fewer than ${ENOUGH_DAYS} days stand before the file's` });
      continue;
    }
    if (over && rule.action === "reject") {
      staged = await services.staging.setDaysAside(workspace, dataset, staged, {
        days: odd.days,
        column: rule.column,
        reason: `its day is more than ${rule.percent} % off the usual`,
        code: "unusual",
      });
    }
    const taken = { reject: "rejected", flag: "flagged", fail: "failed" } as const;
    const result = broken === 0 ? "kept" : over ? taken[rule.action] : "tolerated";
    note(rule, { broken, result, ...(broken ? { note: odd.words } : {}) });
  }
  return { staged, outcomes };
}

function judgeFreshness(rule: Rule & { kind: "fresh" }, { staged, today }: FileToJudge): Judged {
  if (!staged.range) return { broken: 0, result: "not-checked", note: "the file has no days" };
  const old = Math.round((Date.parse(today) - Date.parse(staged.range.to)) / DAY_MS);
  if (old <= rule.days) return { broken: 0, result: "kept" };
  const note = `the newest day is ${staged.range.to}, ${old} days ago`;
  return { broken: staged.counts.rows, result: rule.action === "fail" ? "failed" : "flagged", note };
}

function whyUnknown(staged: StagedRows): string | null {
  if (!staged.range) return "the file has no days";
  return staged.level.startsWith("day:") ? null : "the file's rows stand for more than a day";
}

/** Daily sums of before the file's first day, by platform and measure. */
async function usualDays(
  { warehouse }: Pick<Services, "warehouse">,
  { workspace, dataset, staged }: FileToJudge,
  measures: string[],
): Promise<Map<string, number[]>> {
  const ref = { workspace, dataset };
  const { version } = await warehouse.state(ref) satisfies DatasetState;
  const sums = new Map<string, number[]>();
  if (version === 0) return sums;
  const day = (back: number) => new Date(Date.parse(staged.range!.from) - back * DAY_MS).toISOString().slice(0, 10);
  const hasPlatform = dataset.columns.some((c) => c.name === "platform");
  const { rows } = await warehouse.query(ref, {
    version,
    from: day(LOOK_BACK_DAYS),
    to: day(1),
    groups: [
      ...(hasPlatform ? [{ id: "platform", column: "platform" }] : []),
      { id: "day", column: timeColumn(dataset).name, grain: "day" as const },
    ],
    aggregates: measures.map((name) => ({ id: `m_${name}`, fn: "sum" as const, column: name })),
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
  });
  for (const row of rows) {
    for (const name of measures) {
      const sum = row[`m_${name}`];
      if (typeof sum !== "bigint") continue;
      const key = keyOf(typeof row.platform === "string" ? row.platform : "", name);
      sums.set(key, [...sums.get(key) ?? [], Number(sum)]);
    }
  }
  return sums;
}

/** Days too far off the median of their platform. `unknown`: no platform of the file has enough days to tell. */
function oddDays(rule: UsualRule, days: DayTotal[], history: Map<string, number[]>, dataset: Dataset) {
  const column = dataset.columns.find((c) => c.name === rule.column)!;
  const scale = column.type === "decimal" ? 1e6 : 1;
  const odd: { platform: string; day: string; sum: number; usual: number }[] = [];
  let known = false;
  for (const { platform, day, sums } of days) {
    const before = history.get(keyOf(platform, rule.column)) ?? [];
    const sum = sums[rule.column];
    if (before.length < ENOUGH_DAYS || sum === null || sum === undefined) continue;
    known = true;
    const usual = median(before);
    if (Math.abs(Number(sum) - usual) * 100 > rule.percent * Math.abs(usual)) {
      odd.push({ platform, day, sum: Number(sum) / scale, usual: usual / scale });
    }
  }
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const words = odd.slice(0, 5).map(({ platform, day, sum, usual }) =>
    `${day}${platform ? ` ${platform}` : ""}: ${number.format(sum)}, usually ${number.format(usual)}`
  );
  const more = odd.length > words.length ? [`and ${odd.length - words.length} more days`] : [];
  return { days: odd, unknown: !known, words: [...words, ...more].join("; ") };
}

function keyOf(platform: string, measure: string): string {
  return `${platform}\n${measure}`;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
