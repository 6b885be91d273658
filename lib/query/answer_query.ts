import type { MetricResult, Notice, ResultColumn, ResultRow } from "@/lib/model/mod.ts";
import type { DatasetRef, DatasetState } from "@/lib/warehouse/mod.ts";
import { askByCurrency, type Asking, askRows, type ResolvedSpans } from "./ask_facts.ts";
import { compareAnswer } from "./compare_answer.ts";
import { findCurrencies } from "./find_currencies.ts";
import { type Conversion, convertAmounts, noRateNotices } from "./convert_amounts.ts";
import { readRates } from "./exchange_rates.ts";
import { notFinal, notFinalNotices } from "./not_final.ts";
import type { SourceRegistry } from "@/lib/source/mod.ts";
import { levelText } from "./level_text.ts";
import { queryError } from "./parse_query.ts";
import type { QueryPlan } from "./plan_query.ts";
import { toRow, toRows, toTotals } from "./to_rows.ts";

/** The answer without what only the moment of answering knows. */
export type TimelessResult = Omit<MetricResult, "meta"> & {
  meta: Omit<MetricResult["meta"], "cached" | "milliseconds" | "asOf">;
};

/** Where exchange rates stand. */
export interface RatesSource {
  ref: DatasetRef;
  version: number;
}

/** What an answer is put together from, besides the question. */
export interface AnswerSources {
  state: DatasetState;
  spans: ResolvedSpans;
  /** Needed where the question names a currency. */
  rates: RatesSource | null;
  sources: SourceRegistry;
  /** The day on which the data last changed; null where that is not known. */
  reported: string | null;
}

/** Asks the store and puts the answer together. */
export async function answerQuery(
  original: Omit<Asking, "groups" | "totals">,
  { state, spans, rates, sources, reported }: AnswerSources,
): Promise<TimelessResult> {
  const { plan } = original;
  const { query } = plan;
  const found = await findCurrencies(original, state, spans);
  const conversion = await findConversion(original, { found, spans, rates });
  const asking = conversion ? { ...original, warehouse: convertAmounts(original.warehouse, conversion) } : original;
  const currencies = conversion ? [conversion.currency] : found;
  const isSplit = currencies.length > 1;
  const isAdded = isSplit && !query.dimensions.includes("currency");
  const groups = [...plan.groups, ...(isAdded ? [{ id: "currency", column: "currency" }] : [])];
  const full: Asking = { ...asking, groups, totals: query.totals };

  const [facts, byCurrency] = await Promise.all([
    askRows(full, spans.asked),
    query.totals && isSplit ? askByCurrency(full, spans.asked) : null,
  ]);
  const comparison = await compareAnswer(full, spans, { facts, byCurrency });
  const young = notFinal(plan, { state, span: spans.told, reported, sources });
  const notices = [
    ...(isAdded ? [severalCurrencies(currencies)] : []),
    ...facts.notices,
    ...byCurrency?.notices ?? [],
    ...comparison.notices,
    ...conversion ? noRateNotices(conversion) : [],
    ...notFinalNotices(young, spans.told, plan),
  ];
  const rows = toRows(full, facts);
  refuseIfNothingIsLeft(plan, rows, notices);
  return {
    columns: columnsOf(full),
    rows,
    totals: facts.totals && toTotals(plan, facts.totals, isSplit),
    totalsByCurrency: byCurrency?.rows.map((parts) => toRow(plan, parts, ["currency"])) ?? null,
    comparison: comparison.result,
    meta: {
      version: asking.version,
      rows: facts.count,
      range: spans.told,
      levels: facts.levels.map((name) => levelText(plan.dataset, name)),
      ...facts.rollup ? { rollup: facts.rollup } : {},
      provisional: facts.provisional,
      ...young.length > 0 ? { notFinal: young } : {},
      currency: currencies.length === 1 ? currencies[0] ?? null : null,
      notices: unique(notices),
    },
  };
}

/** How amounts become those of the currency asked for; null where none is, or all stand in it. */
async function findConversion(
  { warehouse, plan }: Omit<Asking, "groups" | "totals">,
  { found, spans, rates }: { found: (string | null)[]; spans: ResolvedSpans; rates: RatesSource | null },
): Promise<Conversion | null> {
  const { currency } = plan.query;
  if (currency === undefined || rates === null || found.every((one) => one === currency)) return null;
  const days = [spans.told, spans.compared].filter((span) => span !== null);
  if (days.length === 0) return null;
  const from = days.map((span) => span.from).sort()[0] ?? "";
  const to = days.map((span) => span.to).sort().at(-1) ?? "";
  const currencies = [currency, ...found.filter((one) => one !== null)];
  const { ref, version } = rates;
  const read = await readRates(warehouse, ref, { version, span: { from, to }, currencies });
  return { currency, rates: read, lacking: new Map() };
}

function columnsOf({ plan, groups }: Asking): ResultColumn[] {
  const columns = groups.map(({ id, column }): ResultColumn => {
    const definition = plan.dataset.columns.find(({ name }) => name === column);
    if (id === "period") return { name: id, title: GRAINS[plan.query.grain ?? "day"], role: "period", format: "date" };
    const format = definition?.type === "date" ? "date" : "text";
    return { name: id, title: definition?.title ?? id, role: "dimension", format };
  });
  const metrics = plan.metrics.map(({ name, title, format, better }): ResultColumn => ({
    name,
    title,
    role: "metric",
    format,
    better,
  }));
  return [...columns, ...metrics];
}

const GRAINS = { day: "Day", week: "Week", month: "Month", quarter: "Quarter", year: "Year" } as const;

function severalCurrencies(currencies: (string | null)[]): Notice {
  const found = new Intl.ListFormat("en-GB").format(currencies.map((currency) => currency ?? "no currency"));
  return { code: "several-currencies", message: `Amounts are in ${found}: each has its own rows` };
}

/** Where every metric is one that cannot be summed, and no cell could be shown, an empty table would only puzzle. */
function refuseIfNothingIsLeft(plan: QueryPlan, rows: ResultRow[], notices: Notice[]): void {
  const blocked = (name: string) => notices.some(({ code, metric }) => code === "not-additive" && metric === name);
  const isEmpty = rows.every((row) => plan.metrics.every(({ name }) => row[name] === null));
  if (rows.length === 0 || !isEmpty || !plan.metrics.every(({ name }) => blocked(name))) return;
  const names = plan.metrics.map(({ name }) => `"${name}"`).join(", ");
  throw queryError(
    "not-additive",
    "metrics",
    `${names} cannot be summed over several rows; ask for it by day and by the dimension of the file's rows`,
  );
}

function unique(notices: Notice[]): Notice[] {
  return [
    ...new Map(notices.map((notice) => [`${notice.code} ${notice.metric ?? ""} ${notice.message}`, notice])).values(),
  ];
}
