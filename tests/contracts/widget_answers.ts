/** Answers for widget tests: a small world of made-up facts, asked as the real compiler would. */
import { nextPeriod, periodStart } from "@/lib/format/mod.ts";
import {
  type MetricFormat,
  type MetricQuery,
  type MetricQueryInput,
  metricQuerySchema,
  type MetricResult,
  type ResultColumn,
  type ResultRow,
} from "@/lib/model/mod.ts";

/** How an answer is to be. */
export interface AnswerOptions {
  /** Empty result, every number null, text that tries to be markup, or amounts in two currencies. */
  kind?: "plain" | "empty" | "nulls" | "hostile" | "currencies";
  /** Compare with the days before. */
  compare?: boolean;
  /** Days. @default 2026-10-12 to 2026-11-22 */
  from?: string;
  to?: string;
}

/** Text that must never become markup. */
export const HOSTILE = `</script><img src=x onerror="alert(1)">'"&`;

interface Fact {
  period: string;
  dimensions: Record<string, string>;
  sums: Record<string, number>;
}

const METRICS: Record<string, { title: string; format: MetricFormat; better: "up" | "down" | "none" }> = {
  spend: { title: "Spend", format: "currency", better: "none" },
  impressions: { title: "Impressions", format: "integer", better: "none" },
  clicks: { title: "Clicks", format: "integer", better: "up" },
  conversions: { title: "Conversions", format: "decimal", better: "up" },
  conversion_value: { title: "Conversion value", format: "currency", better: "up" },
  roas: { title: "ROAS", format: "ratio", better: "up" },
  cpa: { title: "CPA", format: "currency", better: "down" },
  ctr: { title: "CTR", format: "percent", better: "up" },
};
/** Metrics that an amount is part of. */
const MONEY = ["spend", "conversion_value", "roas", "cpa"];
const CAMPAIGNS: [string, string, string, number][] = [
  ["Brand · Search · DE", "google_ads", "DE", 1.5],
  ["Prospecting · Lookalike 3 %", "meta", "DE", 1.25],
  ["Shopping · Bestsellers", "google_ads", "AT", 1.1],
  ["Retargeting · Cart 7 d", "meta", "FR", 0.68],
  ["Creators · Autumn drop", "tiktok", "FR", 0.57],
  ["ABM · Decision makers", "linkedin", "DE", 0.3],
  ["Generic · Search · AT", "google_ads", "AT", 0.28],
  ["Video · Awareness", "tiktok", "GB", 0.22],
  ["Lead forms · Whitepaper", "linkedin", "GB", 0.2],
  ["Catalogue · Seasonal", "pinterest", "DE", 0.16],
  ["Bing · Brand", "microsoft", "DE", 0.12],
  ["Bing · Generic", "microsoft", "AT", 0.07],
  ["Spark · UGC", "tiktok", "DE", 0.05],
  ["Performance Max · All products with a rather long name that has to be cut", "google_ads", "FR", 0.9],
];

/** The answer to a query. */
export function answer(input: MetricQueryInput, options: AnswerOptions = {}): MetricResult {
  const { kind = "plain", compare = false, from = "2026-10-12", to = "2026-11-22" } = options;
  const query = metricQuerySchema.parse(input);
  const split = kind === "currencies";
  const dimensions = split && !query.dimensions.includes("currency")
    ? [...query.dimensions, "currency"]
    : query.dimensions;
  const metrics = query.metrics.map((metric) => typeof metric === "string" ? metric : metric.name);
  const facts = kind === "empty" ? [] : worldFacts(from, to, 0, kind);
  const before = kind === "empty" ? [] : worldFacts(from, to, 364, kind);
  const shown = limited(grouped(facts, query, dimensions, metrics, kind), facts, query, dimensions, metrics, kind);
  return {
    columns: columns(query, dimensions, metrics),
    rows: shown.rows,
    ...totalsOf(facts, query, metrics, kind),
    comparison: compare
      ? {
        kind: "previous-year",
        range: { from: shifted(from), to: shifted(to) },
        rows: pairedRows(shown.rows, before, query, dimensions, metrics, kind),
        ...totalsOf(before, query, metrics, kind),
        current: null,
      }
      : null,
    meta: {
      asOf: "2026-11-22T06:00:00Z",
      version: 7,
      cached: false,
      milliseconds: 3,
      rows: shown.all,
      range: { from, to },
      levels: ["campaign"],
      provisional: [to],
      currency: split ? null : "EUR",
      notices: [],
    },
  };
}

function columns(query: MetricQuery, dimensions: string[], metrics: string[]): ResultColumn[] {
  const titled = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll("_", " ");
  return [
    ...query.grain
      ? [{ name: "period", title: titled(query.grain), role: "period" as const, format: "date" as const }]
      : [],
    ...dimensions.map((name) => ({ name, title: titled(name), role: "dimension" as const, format: "text" as const })),
    ...metrics.map((name): ResultColumn => {
      const known = METRICS[name] ?? { title: titled(name), format: "decimal" as const, better: "none" as const };
      return { name, role: "metric", ...known };
    }),
  ];
}

function worldFacts(from: string, to: string, back: number, kind: AnswerOptions["kind"]): Fact[] {
  const facts: Fact[] = [];
  let index = 0;
  for (let day = from; day <= to; day = nextPeriod(day, "day"), index++) {
    for (const [place, [campaign, platform, country, size]] of CAMPAIGNS.entries()) {
      const wave = 1 + 0.22 * Math.sin((index + back * 2) / 3 + place) + 0.1 * Math.cos(index * 1.7 + place) -
        back / 3600;
      const spend = Math.round(900 * size * wave * (index === 38 ? 0.4 : 1) * 1e6) / 1e6;
      const clicks = Math.round(spend / (0.8 + 0.1 * place));
      const conversions = Math.round(clicks * (0.03 + 0.004 * (place % 4)) * 100) / 100;
      facts.push({
        period: back ? shifted(day) : day,
        dimensions: {
          campaign: kind === "hostile" ? `${HOSTILE}${place}` : campaign,
          platform: kind === "hostile" ? `${HOSTILE}${platform}` : platform,
          country,
          currency: kind === "currencies" && country === "GB" ? "GBP" : "EUR",
        },
        sums: {
          spend,
          clicks,
          impressions: clicks * (38 + place),
          conversions,
          conversion_value: Math.round(conversions * (46 + 2 * place) * (1 + 0.1 * Math.sin(index / 5)) * 100) / 100,
        },
      });
    }
  }
  return facts;
}

function shifted(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 364);
  return date.toISOString().slice(0, 10);
}

function grouped(
  facts: Fact[],
  query: MetricQuery,
  dimensions: string[],
  metrics: string[],
  kind: AnswerOptions["kind"],
): ResultRow[] {
  const groups = new Map<string, { row: ResultRow; facts: Fact[] }>();
  for (const fact of facts) {
    const row: ResultRow = {};
    if (query.grain) row.period = periodStart(fact.period, query.grain);
    for (const name of dimensions) row[name] = fact.dimensions[name] ?? null;
    const key = JSON.stringify(row);
    const group = groups.get(key) ?? { row, facts: [] };
    group.facts.push(fact);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, facts }) => ({ ...row, ...values(facts, metrics, kind) }));
}

function values(facts: Fact[], metrics: string[], kind: AnswerOptions["kind"]): ResultRow {
  const sum = (name: string) => facts.reduce((all, { sums }) => all + (sums[name] ?? 0), 0);
  const ratio = (above: string, below: string) => sum(below) === 0 ? null : sum(above) / sum(below);
  return Object.fromEntries(metrics.map((name) => {
    if (kind === "nulls" || !METRICS[name]) return [name, null];
    if (name === "roas") return [name, ratio("conversion_value", "spend")];
    if (name === "cpa") return [name, ratio("spend", "conversions")];
    if (name === "ctr") return [name, ratio("clicks", "impressions")];
    return [name, Math.round(sum(name) * 1e6) / 1e6];
  }));
}

function limited(
  rows: ResultRow[],
  facts: Fact[],
  query: MetricQuery,
  dimensions: string[],
  metrics: string[],
  kind: AnswerOptions["kind"],
): { rows: ResultRow[]; all: number } {
  const [order] = query.order;
  if (order) {
    const sign = order.direction.startsWith("desc") ? -1 : 1;
    rows.sort((a, b) => ((a[order.by] ?? "") < (b[order.by] ?? "") ? -1 : 1) * sign);
  }
  const limit = query.limit ?? rows.length;
  if (query.grain && query.other && dimensions.length > 0) {
    return largest(rows, facts, query, dimensions, metrics, kind);
  }
  const shown = rows.slice(0, limit);
  const [dimension] = dimensions;
  if (query.other && dimension && rows.length > limit) {
    const keyOf = (row: ResultRow) => JSON.stringify(dimensions.map((name) => row[name]));
    const known = new Set(shown.map(keyOf));
    const rest = facts.filter((fact) => !known.has(keyOf(fact.dimensions)));
    // Currencies are never added up, past the limit neither.
    const others = grouped(rest, query, dimensions.slice(1), metrics, kind);
    shown.push(...others.map((row) => ({ ...row, [dimension]: null, other: true })));
  }
  return { rows: shown, all: rows.length };
}

/** With a period the limit counts values of the dimension, and the rest is one row per period. */
function largest(
  rows: ResultRow[],
  facts: Fact[],
  query: MetricQuery,
  [dimension = "", ...split]: string[],
  metrics: string[],
  kind: AnswerOptions["kind"],
): { rows: ResultRow[]; all: number } {
  const [order] = query.order;
  const whole = { ...query, grain: undefined };
  const ranking = grouped(facts, whole, [dimension], metrics, kind)
    .sort((a, b) => Number(b[order?.by ?? ""]) - Number(a[order?.by ?? ""]));
  const shown = new Set(ranking.slice(0, query.limit).map((row) => row[dimension]));
  const rest = facts.filter((fact) => !shown.has(fact.dimensions[dimension] ?? null));
  const others = grouped(rest, query, split, metrics, kind).map((row) => ({ ...row, [dimension]: null, other: true }));
  return { rows: [...rows.filter((row) => shown.has(row[dimension] ?? null)), ...others], all: rows.length };
}

function pairedRows(
  rows: ResultRow[],
  before: Fact[],
  query: MetricQuery,
  dimensions: string[],
  metrics: string[],
  kind: AnswerOptions["kind"],
): ResultRow[] {
  const compared = grouped(before, query.grain ? { ...query, grain: "day" } : query, dimensions, metrics, kind);
  return rows.map((row) => {
    const period = typeof row.period === "string" ? shifted(row.period) : undefined;
    const same = compared.find((other) =>
      dimensions.every((name) => other[name] === row[name]) && (period === undefined || other.period === period)
    );
    return same ?? { ...row, ...Object.fromEntries(metrics.map((name) => [name, null])) };
  });
}

/** Totals as one row, its amounts null where there are several currencies: those have a row each. */
function totalsOf(
  facts: Fact[],
  query: MetricQuery,
  metrics: string[],
  kind: AnswerOptions["kind"],
): Pick<MetricResult, "totals" | "totalsByCurrency"> {
  if (!query.totals) return { totals: null, totalsByCurrency: null };
  const totals = values(facts, metrics, kind);
  if (kind !== "currencies") return { totals, totalsByCurrency: null };
  for (const name of MONEY.filter((name) => name in totals)) totals[name] = null;
  const currencies = [...new Set(facts.map((fact) => fact.dimensions.currency ?? ""))];
  const totalsByCurrency = currencies.map((currency) => ({
    currency,
    ...values(facts.filter((fact) => fact.dimensions.currency === currency), metrics, kind),
  }));
  return { totals, totalsByCurrency };
}
