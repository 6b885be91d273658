/** Makes typed rows of every table of an import. */
import type { CleaningStep, Dataset, Finding, ImportJob, RuleOutcome } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { addOutcomes, refuseFailed } from "./add_outcomes.ts";
import { cleanTable } from "./clean_table.ts";
import { completeParts } from "./complete_parts.ts";
import type { TableDecision } from "./decide_table.ts";
import { type CleanPart, partOf, sumCounts } from "./publish_parts.ts";
import { readSample } from "./read_sample.ts";
import { reconcile } from "./reconcile.ts";
import { provisionalFrom, reportTimeFindings } from "./report_time.ts";
import { nameOf, type ReadTable } from "./stage_tables.ts";
import { todayIn } from "./today_in.ts";

/** A table about which everything is decided, or asked. */
export interface DecidedTable extends ReadTable {
  dataset: Dataset;
  answers: Record<string, string>;
  decision: TableDecision;
  /** Everything found about it. */
  findings: Finding[];
}

/** What became of the tables. */
export interface CleanedParts {
  parts: CleanPart[];
  /** Tables of which no row can be used. */
  without: CleanPart[];
  findings: Finding[];
}

/** Who wants to know. */
export interface CleanPartsOptions {
  /** What a table is called that is the whole file. */
  name: string;
  /** Told after each table what is known so far, and what was read where a rule refuses the file. */
  onPart(change: Partial<Pick<ImportJob, "rules" | "cleaning" | "sample" | "parts" | "counts">>): Promise<unknown>;
}

/** Cleans one table after the other. Throws `InputError` where a rule says that the import must fail. */
export async function cleanParts(
  services: Pick<Services, "documents" | "warehouse" | "staging" | "clock">,
  workspace: string,
  decided: DecidedTable[],
  { name, onPart }: CleanPartsOptions,
): Promise<CleanedParts> {
  const { staging } = services;
  const cleaned: CleanedParts = { parts: [], without: [], findings: [] };
  let outcomes: RuleOutcome[] = [];
  const cleaning = new Map<string, CleaningStep>();
  for (const { id, dataset, decision, recognition, answers, raw } of decided) {
    const { staged, rules, steps } = await cleanTable(services, workspace, { ...decision, answers });
    const sample = await readSample(staging, workspace, { plan: decision.plan, raw });
    await staging.discard(workspace, id, { only: "text" });
    outcomes = addOutcomes(outcomes, dataset.id, rules);
    for (const step of steps) cleaning.set(step.id, both(cleaning.get(step.id), step));
    const first = cleaned.parts[0]?.sample ?? sample;
    await onPart({ rules: outcomes, cleaning: [...cleaning.values()], sample: first });
    const table = decided.length === 1 ? name : recognition.title || recognition.entry || nameOf(recognition);
    const { facts, source } = recognition;
    const today = todayIn(dataset.timeZone, services.clock.now());
    const part: CleanPart = {
      id,
      table,
      platform: source?.platform,
      ...(facts.made ? { made: facts.made } : {}),
      provisionalFrom: provisionalFrom(facts, today),
      dataset,
      staged,
      sample,
    };
    (staged.counts.rows > 0 ? cleaned.parts : cleaned.without).push(part);
    const about = decided.length > 1 ? { dataset: dataset.id } : {};
    cleaned.findings.push(...reconcile(dataset, staged, facts).map((finding) => ({ ...finding, ...about })));
    const measures = Object.keys(staged.rowTotals);
    const to = staged.range?.to ?? null;
    cleaned.findings.push(...reportTimeFindings({ facts, source, dataset, measures, to }, today));
  }
  if (outcomes.some(({ result }) => result === "failed")) {
    const parts = [...cleaned.parts, ...cleaned.without].map(refusedPart);
    await onPart({ parts, counts: sumCounts(parts) });
    refuseFailed(decided.map(({ dataset }) => dataset), outcomes);
  }
  cleaned.findings.push(...await completeParts(services, cleaned.parts));
  if (cleaned.parts.length > 0) {
    for (const { table, staged } of cleaned.without) {
      const evidence = `of ${staged.counts.read} records none can be used`;
      cleaned.findings.push({ topic: "left-out", finding: `"${table}"`, evidence });
    }
  }
  return cleaned;
}

/** A part of a file that is refused: what could be used of it counts too, so that the counts add up. */
function refusedPart(clean: CleanPart): ImportJob["parts"][number] {
  const part = partOf(clean);
  const { rows } = clean.staged.counts;
  return rows > 0 ? { ...part, counts: { ...part.counts, refused: rows } } : part;
}

/** The same step in two tables is one step to whoever turns it off. */
function both(before: CleaningStep | undefined, step: CleaningStep): CleaningStep {
  return before ? { ...before, count: before.count + step.count } : step;
}
