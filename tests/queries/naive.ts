/**
 * Metric questions answered the slow and plain way, row by row: what the compiled answers are held against. Written from
 * the data rules alone; it shares no code with the compiler.
 */
import type { Condition, Filter, MetricQuery, ResultRow } from "@/lib/model/mod.ts";
import type { FactRow, Facts } from "./fact_tables.ts";

/** Rows and totals. */
interface Side {
  rows: ResultRow[];
  totals: ResultRow | null;
  totalsByCurrency: ResultRow[] | null;
}

/** The part of an answer that is compared. */
export interface NaiveAnswer {
  rows: ResultRow[];
  totals: ResultRow | null;
  totalsByCurrency: ResultRow[] | null;
  comparison: Side & { current: Side | null } | null;
  count: number;
  currency: string | null;
  provisional: string[];
}

/** The metrics that generated questions ask for, over the rows of one cell. */
export const NAIVE_METRICS: Record<string, (rows: FactRow[], show: Show) => number | null> = {
  impressions: (rows) => sum(rows, "impressions", 1),
  spend: (rows) => sum(rows, "spend", 1e6),
  ctr: (rows) => divide(sum(rows, "clicks", 1), sum(rows, "impressions", 1)),
  cpc: (rows) => divide(sum(rows, "spend", 1e6), sum(rows, "clicks", 1)),
  profit: (rows) => {
    const [value, spend] = [sum(rows, "value", 1e6), sum(rows, "spend", 1e6)];
    return value === null || spend === null ? null : (value - spend) * 2;
  },
  lines: (rows) => rows.length,
  largest: (rows) => extreme(rows, "spend", 1),
  smallest: (rows) => extreme(rows, "spend", -1),
  average: (rows) => divide(sum(rows, "spend", 1e6), filled(rows, "spend").length),
  priced: (rows) => filled(rows, "spend").length,
  countries: (rows, show) => new Set(rows.map((row) => show(row, "country")).filter((v) => v !== null)).size,
  campaigns: (rows, show) => new Set(rows.map((row) => show(row, "campaign")).filter((v) => v !== null)).size,
  reach: (rows) => rows.length === 1 ? micros(rows[0]?.values.reach) : null,
};

/** Columns that metrics count the values of: a level must have them. */
const COUNTED: Record<string, string> = { countries: "country", campaigns: "campaign" };
const MONETARY = ["spend", "cpc", "profit", "largest", "smallest", "average"];

type Show = (row: FactRow, column: string) => string | null;
type Span = { from: string; to: string };

/** Answers a question whose range is absolute or absent. */
export function answerNaively(facts: Facts, query: MetricQuery): NaiveAnswer {
  const version = typeof query.asOf === "number" ? query.asOf : facts.version;
  const visible = facts.rows.filter((row) => row.from <= version && (row.to === null || row.to > version));
  const now = facts.rows.filter((row) => row.from <= facts.version && row.to === null);
  const days = now.map(dayOf).sort();
  const told = query.range && "from" in query.range
    ? query.range
    : days.length
    ? { from: days[0] ?? "", to: days.at(-1) ?? "" }
    : null;
  const asked = query.range && "from" in query.range ? query.range : { from: "0000-00-00", to: "9999-99-99" };
  const show = labelled(facts, visible);
  const metrics = query.metrics.map((metric) => typeof metric === "string" ? metric : metric.name);
  const compared = query.compare && told ? before(query, told) : null;

  const select = (span: Span) => pick(facts, visible, query, span, metrics, show);
  const main = select(asked);
  const against = compared ? select(compared) : [];
  const known = [...new Set(now.map((row) => row.values.currency ?? null))];
  const found = [...new Set([...main, ...against].map(({ row }) => row.values.currency ?? null))];
  const isKnown = version === facts.version && known.length <= 1;
  const currencies = metrics.some((name) => MONETARY.includes(name)) ? (isKnown ? known : found) : [];
  const dims = [...query.dimensions];
  if (currencies.length > 1 && !dims.includes("currency")) dims.push("currency");

  const cells = groupCells(main, query, dims);
  const measure = (rows: FactRow[]) =>
    Object.fromEntries(metrics.map((name) => [name, NAIVE_METRICS[name]!(rows, show)]));
  const ids = [...(query.grain ? ["period"] : []), ...dims];
  let all = cells.map(({ group, rows }): ResultRow => ({ ...group, ...measure(rows) }));
  if (ids.length === 0 && all.length === 0) all = [measure([])];
  const ordered = all.toSorted((a, b) => compareRows(a, b, query, ids));
  const isTop = query.other && query.limit !== undefined;
  const limit = query.limit ?? Infinity;
  const [dimension = ""] = query.dimensions;

  let shown = ordered.slice(query.offset, query.offset + limit);
  let rest: string[] = [];
  if (isTop) {
    const values = ranked();
    rest = values.slice(query.offset + limit);
    if (query.grain) {
      const chosen = values.slice(query.offset, query.offset + limit);
      shown = ordered.filter((row) => chosen.includes(text(row[dimension])));
    } else rest = ordered.slice(query.offset + limit).map((row) => JSON.stringify(ids.map((id) => row[id])));
  }
  const others = isTop ? otherRows(main, rest, false) : [];
  const provisional = provisionalDays(main, asked);
  const totals = query.totals ? totalRow(main) : null;
  const totalsByCurrency = query.totals && currencies.length > 1 ? currencyRows(main) : null;

  return {
    rows: [...shown, ...others],
    totals,
    totalsByCurrency,
    comparison: compared && told ? compareWith(compared, told) : null,
    count: all.length,
    currency: currencies.length === 1 ? currencies[0] as string | null : null,
    provisional,
  };

  /** Values of the one dimension, best first, over the whole span. */
  function ranked(): string[] {
    const whole = pick(facts, visible, { ...query, grain: undefined }, asked, metrics, show);
    const withoutGrain = groupCells(whole, { ...query, grain: undefined }, dims)
      .map(({ group, rows }): ResultRow => ({ ...group, ...measure(rows) }));
    const order = query.order.filter(({ by }) => by !== "period");
    const sorted = withoutGrain.toSorted((a, b) => compareRows(a, b, { ...query, order }, dims));
    return [...new Set(sorted.map((row) => text(row[dimension])))];
  }

  function otherRows(picked: Picked[], values: string[], isCompared: boolean, skip?: (group: ResultRow) => boolean) {
    const left = groupCells(picked, query, dims).filter(({ group }) =>
      skip
        ? !skip(group)
        : query.grain
        ? values.includes(text(group[dimension]))
        : values.includes(JSON.stringify(ids.map((id) => group[id])))
    );
    const keyIds = ids.filter((id) => id !== dimension);
    const groups = Map.groupBy(left, ({ group }) => JSON.stringify(keyIds.map((id) => group[id])));
    // Groups past the limit come in the order of the answer they are merged from.
    const place = (cell: Cell) =>
      isCompared ? 0 : ordered.findIndex((row) => ids.every((id) => row[id] === cell.group[id]));
    const sorted = [...groups.values()].map((cells) => cells.toSorted((a, b) => place(a) - place(b)))
      .toSorted((a, b) => place(a[0]!) - place(b[0]!));
    return sorted.map((cells): ResultRow => {
      const rows = cells.flatMap(({ rows }) => rows);
      const values = measure(rows);
      if (cells.length > 1) {
        for (const name of ["countries", "campaigns"]) if (name in values) values[name] = distinct(cells, name);
      }
      return {
        ...Object.fromEntries(ids.map((id) => [id, id === dimension ? null : cells[0]!.group[id]!])),
        ...values,
        other: true,
      };
    });
  }

  function distinct(cells: Cell[], name: string): number | null {
    return cells.length === 1 ? NAIVE_METRICS[name]!(cells[0]!.rows, show) : null;
  }

  function totalRow(picked: Picked[]): ResultRow {
    const row: ResultRow = measure(picked.map(({ row }) => row));
    if (currencies.length > 1) { for (const name of metrics) if (MONETARY.includes(name)) row[name] = null; }
    return row;
  }

  function currencyRows(picked: Picked[]): ResultRow[] {
    const byCurrency = Map.groupBy(picked, ({ row }) => row.values.currency ?? null);
    return [...byCurrency].map(([currency, rows]): ResultRow => {
      const values = measure(rows.map(({ row }) => row));
      // Different values are not counted across periods where they have to be merged.
      const periods = new Set(rows.map(({ row }) => query.grain && startOf(dayOf(row), query.grain)));
      for (const name of ["countries", "campaigns"]) if (name in values && periods.size > 1) values[name] = null;
      return { currency: currency as string | null, ...values };
    }).toSorted((a, b) => compareText(a.currency, b.currency));
  }

  function compareWith(compared: Span, told: Span): NaiveAnswer["comparison"] {
    const kind = query.compare!;
    const pairs = pairDays(query, told, compared);
    const own = new Set(provisional);
    const other = new Set(pairs.filter(([day]) => own.has(day)).map(([, day]) => day));
    const keep = (days: Set<string>) => ({ row }: Picked) => !days.has(dayOf(row));
    for (const day of provisionalDays(against.filter(keep(other)), compared)) {
      other.add(day);
      for (const [a, b] of pairs) if (b === day) own.add(a);
    }
    const period = (row: ResultRow) =>
      query.grain ? counterpart(kind, String(row.period), query.grain, told, compared) : undefined;
    return {
      ...matched(against.filter(keep(other)), period),
      current: own.size ? matched(main.filter(keep(own)), (row) => query.grain ? String(row.period) : undefined) : null,
    };
  }

  /** For each row shown the one of other rows that it is held against. */
  function matched(against: Picked[], period: (row: ResultRow) => string | null | undefined): Side {
    const empty = Object.fromEntries(metrics.map((name) => [name, null]));
    const find = (row: ResultRow, from: ResultRow[]) => {
      const wanted: ResultRow = { ...row, ...(query.grain ? { period: period(row) ?? null } : {}) };
      const key = Object.fromEntries(ids.map((id) => [id, wanted[id] ?? null]));
      return from.find((other) => ids.every((id) => (other[id] ?? null) === key[id])) ?? { ...key, ...empty };
    };
    let cells = groupCells(against, query, dims).map(({ group, rows }): ResultRow => ({ ...group, ...measure(rows) }));
    if (ids.length === 0) cells = [measure(against.map(({ row }) => row))];
    const keep = (ids: string[]) => new Set(shown.map((row) => JSON.stringify(ids.map((id) => row[id] ?? null))));
    const own = ids.filter((id) => id === dimension || (id === "currency" && !query.grain));
    const kept = keep(own);
    const rest = others.length
      ? otherRows(against, [], true, (group) => kept.has(JSON.stringify(own.map((id) => group[id] ?? null))))
      : [];
    const againstByCurrency = totalsByCurrency && currencyRows(against);
    return {
      rows: [...shown.map((row) => find(row, cells)), ...others.map((row) => ({ ...find(row, rest), other: true }))],
      totals: query.totals ? totalRow(against) : null,
      totalsByCurrency: totalsByCurrency && againstByCurrency &&
        totalsByCurrency.map((row) =>
          againstByCurrency.find((other) => other.currency === row.currency) ?? { currency: row.currency!, ...empty }
        ),
    };
  }
}

interface Picked {
  row: FactRow;
  /** What each dimension shows. */
  value: (column: string) => string | null;
}
interface Cell {
  group: ResultRow;
  rows: FactRow[];
}

/** The rows that answer: per owner and day one level, periods last. */
function pick(
  facts: Facts,
  visible: FactRow[],
  query: MetricQuery,
  span: Span,
  metrics: string[],
  show: Show,
): Picked[] {
  const filtered = fieldsOf(query.filters);
  const asked = [...query.dimensions, ...metrics.flatMap((name) => COUNTED[name] ?? [])];
  const has = (level: Facts["levels"][number], column: string) => {
    if (
      ["platform", "account_id", "currency", "date", "impressions", "clicks", "spend", "value", "reach"].includes(
        column,
      )
    ) return true;
    if (column === "objective") return true;
    if (column === "campaign") return level.columns.includes("campaign") || level.columns.includes("campaign_id");
    return level.columns.includes(column);
  };
  const levelOf = (row: FactRow) => facts.levels.find(({ level }) => level === row.level)!;
  const attributes = (rows: FactRow[]) =>
    [...new Set([...asked, ...filtered])].filter((name) =>
      name === "objective" && rows.some((row) => row.values.objective !== null && row.values.objective !== undefined)
    ).length;
  const usable = visible.filter((row) => filtered.every((name) => has(levelOf(row), name)));
  const owner = (row: FactRow) => `${row.values.platform ?? ""}|${row.values.account_id ?? ""}`;
  const rank = (rows: FactRow[]) => {
    const level = levelOf(rows[0]!);
    const days = (Date.parse(rows[0]!.until ?? dayOf(rows[0]!)) - Date.parse(dayOf(rows[0]!))) / 864e5;
    return [
      [...asked, ...filtered].every((name) => has(level, name)) ? 0 : 1,
      -attributes(rows),
      level.grain === "day" ? 0 : -days,
      level.columns.length,
      -Math.max(...rows.map((row) => row.import)),
      level.level,
    ];
  };
  const isDaily = (row: FactRow) => levelOf(row).grain === "day";
  const isSingle = facts.levels.length === 1 && facts.levels[0]!.grain === "day";
  const inside = usable.filter((row) => dayOf(row) >= span.from && (row.until ?? dayOf(row)) <= span.to);
  let chosen: FactRow[] = [];
  if (isSingle) chosen = inside;
  else {
    for (const rows of Map.groupBy(inside.filter(isDaily), (row) => `${owner(row)}|${dayOf(row)}`).values()) {
      const levels = [...Map.groupBy(rows, (row) => row.level).values()];
      chosen.push(...levels.toSorted((a, b) => compareLists(rank(a), rank(b)))[0]!);
    }
    const daily = chosen;
    const spans = [
      ...Map.groupBy(
        inside.filter((row) => !isDaily(row)),
        (row) => `${owner(row)}|${dayOf(row)}|${row.until}|${row.level}`,
      ).values(),
    ].filter(([row]) =>
      (!query.grain || startOf(dayOf(row!), query.grain) === startOf(row!.until!, query.grain)) &&
      !query.dimensions.includes("date") &&
      !daily.some((other) => owner(other) === owner(row!) && dayOf(other) >= dayOf(row!) && dayOf(other) <= row!.until!)
    );
    const better = (a: FactRow[], b: FactRow[]) =>
      compareLists(rank(a), rank(b)) || (dayOf(a[0]!) < dayOf(b[0]!) ? -1 : dayOf(a[0]!) > dayOf(b[0]!) ? 1 : 0);
    for (const rows of spans) {
      const [row] = rows;
      const beaten = spans.some((others) =>
        others !== rows && owner(others[0]!) === owner(row!) && dayOf(others[0]!) <= row!.until! &&
        others[0]!.until! >= dayOf(row!) && better(others, rows) < 0
      );
      if (!beaten) chosen = [...chosen, ...rows];
    }
  }
  return chosen.filter((row) => !query.filters || matches(row, query.filters, show))
    .map((row) => ({ row, value: (column) => has(levelOf(row), column) ? show(row, column) : "(not broken down)" }));
}

function groupCells(picked: Picked[], query: Pick<MetricQuery, "grain">, dims: string[]): Cell[] {
  const groups = Map.groupBy(picked, ({ row, value }) =>
    JSON.stringify([
      ...(query.grain ? [startOf(dayOf(row), query.grain)] : []),
      ...dims.map(value),
    ]));
  const ids = [...(query.grain ? ["period"] : []), ...dims];
  return [...groups].map(([key, rows]) => {
    const values = JSON.parse(key) as (string | null)[];
    return { group: Object.fromEntries(ids.map((id, i) => [id, values[i] ?? null])), rows: rows.map(({ row }) => row) };
  });
}

/** What a row shows in a column; an entity with an id by the latest name of the id, else by the id. */
function labelled(facts: Facts, visible: FactRow[]): Show {
  const byId = facts.levels.some((level) => level.columns.includes("campaign_id"));
  const latest = new Map<string, FactRow>();
  const key = (row: FactRow) =>
    JSON.stringify([row.values.platform ?? "", row.values.account_id ?? "", row.values.campaign_id]);
  for (const row of visible) {
    if (typeof row.values.campaign !== "string" || typeof row.values.campaign_id !== "string") continue;
    const known = latest.get(key(row));
    const list = (r: FactRow) => [r.import, dayOf(r), r.values.campaign as string];
    if (!known || compareLists(list(known), list(row)) < 0) latest.set(key(row), row);
  }
  return (row, column) => {
    const own = row.values[column];
    const value = own === undefined || own === null ? null : String(own);
    if (column !== "campaign" || !byId) return value;
    const name = typeof row.values.campaign_id === "string" ? latest.get(key(row))?.values.campaign : null;
    return (name as string | null | undefined) ?? value ?? (row.values.campaign_id as string | null | undefined) ??
      null;
  };
}

function matches(row: FactRow, filter: Filter, show: Show): boolean {
  if ("and" in filter) return filter.and.every((part) => matches(row, part, show));
  if ("or" in filter) return filter.or.some((part) => matches(row, part, show));
  const shown = show(row, filter.field);
  if (["spend", "reach", "impressions", "clicks", "value"].includes(filter.field)) {
    const scale = filter.field === "impressions" || filter.field === "clicks" ? 1 : 1e6;
    return matchesOrdered(shown === null ? null : Number(shown) / scale, filter, Number);
  }
  if (filter.field === "date") return matchesOrdered(shown, filter, String);
  const value = shown;
  const wanted = "value" in filter ? filter.value : null;
  const low = (s: unknown) => String(s).toLowerCase();
  switch (filter.op) {
    case "equals":
      return value !== null && value === String(wanted);
    case "not":
      return !(value !== null && value === String(wanted));
    case "in":
      return value !== null && (wanted as unknown[]).map(String).includes(value);
    case "not-in":
      return !(value !== null && (wanted as unknown[]).map(String).includes(value));
    case "contains":
      return value !== null && low(value).includes(low(wanted));
    case "not-contains":
      return !(value !== null && low(value).includes(low(wanted)));
    case "starts-with":
      return value !== null && low(value).startsWith(low(wanted));
    case "ends-with":
      return value !== null && low(value).endsWith(low(wanted));
    case "is-empty":
      return value === null || value === "";
    case "is-not-empty":
      return !(value === null || value === "");
    default:
      throw new TypeError(`Cannot match "${filter.op}" on text`);
  }
}

function matchesOrdered<T extends string | number>(
  value: T | null,
  filter: Condition,
  read: (v: string | number) => T,
): boolean {
  const has = value !== null;
  switch (filter.op) {
    case "equals":
      return has && value === read(filter.value);
    case "not":
      return !(has && value === read(filter.value));
    case "in":
      return has && filter.value.map(read).includes(value);
    case "not-in":
      return !(has && filter.value.map(read).includes(value));
    case "greater":
      return has && value > read(filter.value);
    case "greater-or-equal":
      return has && value >= read(filter.value);
    case "less":
      return has && value < read(filter.value);
    case "less-or-equal":
      return has && value <= read(filter.value);
    case "between":
      return has && value >= read(filter.value[0]) && value <= read(filter.value[1]);
    case "is-empty":
      return !has;
    case "is-not-empty":
      return has;
    default:
      throw new TypeError(`Cannot match "${filter.op}" on a number`);
  }
}

function fieldsOf(filter: Filter | undefined): string[] {
  if (!filter) return [];
  if ("and" in filter) return filter.and.flatMap(fieldsOf);
  if ("or" in filter) return filter.or.flatMap(fieldsOf);
  return [filter.field];
}

function compareRows(a: ResultRow, b: ResultRow, query: Pick<MetricQuery, "order">, ids: string[]): number {
  for (const { by, direction } of query.order) {
    const [left, right] = [a[by] ?? null, b[by] ?? null];
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    const order = typeof left === "number" ? left - (right as number) : compareText(left, right);
    if (order !== 0) return direction.startsWith("desc") ? -order : order;
  }
  for (const id of ids) {
    const order = compareText(a[id], b[id]);
    if (order !== 0) return order;
  }
  return 0;
}

/** By code points, nothing last. */
function compareText(a: unknown, b: unknown): number {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  const [x, y] = [[...String(left)], [...String(right)]].map((chars) => chars.map((c) => c.codePointAt(0)!));
  return compareLists(x!, y!);
}

function compareLists(a: (number | string)[], b: (number | string)[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

const dayOf = (row: FactRow) => String(row.values.date);
const text = (value: unknown) => JSON.stringify(value ?? null);
const micros = (value: unknown) => typeof value === "bigint" ? Number(value) / 1e6 : null;

function filled(rows: FactRow[], column: string): bigint[] {
  return rows.map((row) => row.values[column]).filter((value): value is bigint => typeof value === "bigint");
}

function sum(rows: FactRow[], column: string, scale: number): number | null {
  const values = filled(rows, column);
  return values.length ? Number(values.reduce((a, b) => a + b)) / scale : null;
}

function extreme(rows: FactRow[], column: string, sign: 1 | -1): number | null {
  const values = filled(rows, column).toSorted((a, b) => a < b ? -1 : a > b ? 1 : 0);
  return micros(sign > 0 ? values.at(-1) : values[0]);
}

function divide(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

function provisionalDays(picked: Picked[], span: Span): string[] {
  return [...new Set(picked.filter(({ row }) => row.provisional).flatMap(({ row }) => spanOf(row, span)))].sort();
}

/** Which day is held against which. */
function pairDays(query: MetricQuery, told: Span, compared: Span): [string, string][] {
  const pairs: [string, string][] = [];
  for (let day = told.from, i = 0; day <= told.to; day = shift(day, 1), i++) {
    const isByDate = query.compare === "previous-year" && query.grain !== "week";
    const other = query.compare === "previous-period"
      ? shift(compared.from, i)
      : isByDate
      ? `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
      : shift(day, -364);
    if (other >= compared.from && other <= compared.to) pairs.push([day, other]);
  }
  return pairs;
}

function spanOf(row: FactRow, span: Span): string[] {
  const days: string[] = [];
  for (let day = dayOf(row); day <= (row.until ?? dayOf(row)) && day <= span.to; day = shift(day, 1)) days.push(day);
  return days;
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 864e5).toISOString().slice(0, 10);
}

function startOf(day: string, grain: string): string {
  const date = new Date(day);
  if (grain === "week") return shift(day, -((date.getUTCDay() + 6) % 7));
  if (grain === "month") return `${day.slice(0, 7)}-01`;
  if (grain === "quarter") {
    return new Date(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1)).toISOString().slice(
      0,
      10,
    );
  }
  return grain === "year" ? `${day.slice(0, 4)}-01-01` : day;
}

/** The days before an absolute range; only ranges that are no whole months are generated. */
function before(query: MetricQuery, span: Span): Span {
  const length = (Date.parse(span.to) - Date.parse(span.from)) / 864e5 + 1;
  if (query.compare === "aligned-weekdays" || query.grain === "week" && query.compare === "previous-year") {
    return { from: shift(span.from, -364), to: shift(span.to, -364) };
  }
  if (query.compare === "previous-year") {
    // The year before a leap year ends its February a day earlier.
    const year = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4).replace("-02-29", "-02-28")}`;
    return { from: year(span.from), to: year(span.to) };
  }
  return { from: shift(span.from, -length), to: shift(span.to, -length) };
}

function counterpart(kind: string, period: string, grain: string, span: Span, compared: Span): string | null {
  const units: string[] = [];
  for (let day = span.from; day <= span.to; day = shift(day, 1)) units.push(startOf(day, grain));
  const others: string[] = [];
  for (let day = compared.from; day <= compared.to; day = shift(day, 1)) others.push(startOf(day, grain));
  if (kind === "previous-period") return [...new Set(others)][[...new Set(units)].indexOf(period)] ?? null;
  const wanted = kind === "aligned-weekdays" || grain === "week"
    ? shift(period, -364)
    : `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;
  return others.includes(wanted) ? wanted : null;
}
