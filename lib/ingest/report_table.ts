/** One table of a file, put down as JSON: how it was read, what its columns mean, what stands in it. Pure. */
import type { Column, Dataset, Finding, ImportQuestion, RejectedRow, RuleOutcome } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import type { Decision } from "./decide.ts";
import type { HeaderMatch } from "./match_columns.ts";
import type { ReadRow } from "./recognise/recognition.ts";
import { reconcile } from "./reconcile.ts";
import type { ReadTable } from "./stage_tables.ts";

/** A column of the file. */
export interface ColumnReport {
  /** The header as it stands; `column_3` where it has none. */
  name: string;
  role: Column["role"] | "ignored" | "unknown";
  type: Column["type"] | null;
  /** The dataset's column that it becomes; null where it becomes none. */
  column: string | null;
  why: string;
}

/** A total line's sum beside that of the rows; exact texts in the measure's own unit. */
export interface TotalReport {
  measure: string;
  rows: string | null;
  file: string;
  difference: string;
  fits: boolean;
}

/** One table. */
export interface TableReport {
  title: string;
  /** The entry of an archive, or the sheet. */
  entry: string | null;
  encoding: string;
  delimiter: string;
  quote: string;
  escape: string | null;
  headerLines: number[];
  preamble: string[];
  footer: string[];
  platform: string | null;
  report: string | null;
  language: string;
  dataset: string;
  columns: ColumnReport[];
  /** The first records as read, in the order of the columns. */
  firstRows: ReadRow[];
  rowsRead: number;
  /** Records that go in; those of the same key are added up. */
  rowsKept: number;
  rowsSetAside: number;
  /** By reason; and the first of them. */
  setAside: { code: string; column: string; count: number }[];
  setAsideRows: RejectedRow[];
  duplicates: number;
  collapsed: number;
  totalLines: number;
  totals: TotalReport[];
  firstDate: string | null;
  lastDate: string | null;
  grain: string | null;
  level: string | null;
  currency: string | null;
  currencies: string[];
  /** Sums over the rows by additive measure, exact texts. */
  sums: Record<string, string>;
  /** Measures that are there and must not be added: reach, shares, averages. */
  notSummed: string[];
  rules: RuleOutcome[];
  questions: ImportQuestion[];
  /** Answers that the figures rest on, since nobody gave any. */
  assumed: Record<string, string>;
  /** Why nothing of it can be imported. */
  refused: Refusal | null;
  findings: Finding[];
}

/** Why a table is refused. */
export interface Refusal {
  code: string;
  message: string;
}

/** Makes a refusal. */
export function refusal(code: string, message: string): Refusal {
  return { code, message };
}

/** Everything known of a table. */
export interface TableFacts {
  table: ReadTable;
  dataset: Dataset;
  decision?: Decision;
  assumed?: Record<string, string>;
  staged?: StagedRows;
  rules?: RuleOutcome[];
  rejected?: { total: number; rows: RejectedRow[] };
  currencies?: string[];
  refused?: Refusal;
}

/** Puts a table down. */
export function tableReport(facts: TableFacts): TableReport {
  const { table: { recognition, raw }, dataset, decision, assumed = {}, staged, rejected, refused } = facts;
  const { dialect } = recognition;
  const counts = staged?.counts;
  const currencies = facts.currencies ?? [];
  // An assumed period says nothing about days.
  const dated = Object.keys(assumed).every((id) => !/^(?:range|dates?:|year|grain)/.test(id));
  const decided = new Set((decision?.findings ?? []).map(({ topic }) => topic));
  return {
    title: recognition.title,
    entry: recognition.entry,
    encoding: raw.encoding ?? dialect.encoding,
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.escape ?? null,
    headerLines: recognition.headerLines,
    preamble: recognition.preamble,
    footer: raw.footer.length > 0 ? raw.footer.map(({ text }) => text) : recognition.footer,
    platform: recognition.source?.platform ?? null,
    report: recognition.report?.name ?? null,
    language: recognition.language,
    dataset: dataset.id,
    columns: raw.headers.map((header) =>
      columnReport(header, { dataset, decision, assumed, unnamed: recognition.headerLines.length === 0 })
    ),
    firstRows: recognition.rows.slice(0, 5).map(({ line, cells }) => ({
      line,
      cells: raw.headers.map((_, at) => cells[at] ?? ""),
    })),
    rowsRead: counts?.read ?? raw.rows + raw.unreadable,
    rowsKept: counts ? counts.rows + counts.collapsed : 0,
    rowsSetAside: counts?.rejected ?? raw.unreadable,
    setAside: reasons(rejected?.rows ?? []),
    setAsideRows: (rejected?.rows ?? []).slice(0, 50),
    duplicates: counts?.duplicates ?? 0,
    collapsed: counts?.collapsed ?? 0,
    totalLines: counts?.totals ?? 0,
    totals: staged ? totalReports(dataset, staged) : [],
    firstDate: dated ? staged?.range?.from ?? null : null,
    lastDate: dated ? staged?.range?.to ?? null : null,
    grain: staged?.level.split(":")[0] ?? null,
    level: staged?.level ?? null,
    currency: currencies.length === 1 ? currencies[0]! : null,
    currencies,
    sums: staged ? sums(dataset, staged) : {},
    notSummed: staged
      ? dataset.columns.flatMap(({ name, role, additive }) =>
        role === "measure" && !additive && staged.columns.includes(name) ? [name] : []
      )
      : [],
    rules: facts.rules ?? [],
    questions: decision?.questions ?? [],
    assumed,
    refused: refused ?? null,
    findings: [
      ...recognition.findings.filter(({ topic }) => !decided.has(topic)),
      ...(decision?.findings ?? []).map((finding) =>
        isAssumed(finding, assumed) ? { ...finding, evidence: ASSUMED } : finding
      ),
      ...staged ? reconcile(dataset, staged) : [],
    ],
  };
}

const ASSUMED = "assumed for these figures: it is asked";

/** Whether a finding says what nobody has answered. */
function isAssumed({ topic, evidence }: Finding, assumed: Record<string, string>): boolean {
  if (evidence !== "answered") return false;
  return assumed[topic] !== undefined ||
    (topic === "time" && Object.keys(assumed).some((id) => id.startsWith("range")));
}

/** A column of a file without headers, as long as nobody has said what it holds. */
const PRESUMED = "it has no header: asked, and only presumed for these figures";

function columnReport(
  header: string,
  { dataset, decision, unnamed, assumed }: Pick<TableFacts, "dataset" | "decision" | "assumed"> & { unnamed: boolean },
): ColumnReport {
  const presumed = assumed?.[`column:${header}`] !== undefined;
  const match = decision?.matches.find((m) => m.header === header);
  const column = dataset.columns.find((c) => c.name === match?.column);
  if (column) {
    return {
      name: header,
      role: column.role,
      type: column.type,
      column: column.name,
      why: presumed ? PRESUMED : why(match!, column),
    };
  }
  const known = match?.column === null;
  return {
    name: header,
    role: known ? "ignored" : "unknown",
    type: null,
    column: null,
    why: known
      ? presumed ? PRESUMED : match!.by === "answer" ? "answered: left out" : whyIgnored(match!)
      : unnamed
      ? "it has no header, and nothing stands in it"
      : "no dataset or report knows this header",
  };
}

function why({ by, meaning }: HeaderMatch, { title, name }: Column): string {
  const read = meaning ? ` ("${meaning}")` : "";
  switch (by) {
    case "answer":
      return "answered";
    case "report":
      return `this report's own word${read}`;
    case "name":
      return `the name of the column "${name}"${read}`;
    case "words":
      return `its words name "${title}"${read}`;
    default:
      return `a known header of "${title}"${read}`;
  }
}

function whyIgnored({ instead }: HeaderMatch): string {
  return instead ? `"${instead}" is taken from a surer column` : "known, and made of other columns or not needed";
}

function reasons(rows: RejectedRow[]): TableReport["setAside"] {
  const counts = new Map<string, { code: string; column: string; count: number }>();
  for (const { code, column } of rows) {
    const key = `${code}\n${column}`;
    const entry = counts.get(key) ?? { code, column, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function totalReports(dataset: Dataset, { fileTotals, rowTotals }: StagedRows): TotalReport[] {
  return Object.entries(fileTotals).flatMap(([name, file]): TotalReport[] => {
    const column = dataset.columns.find((c) => c.name === name);
    const rows = rowTotals[name] ?? null;
    if (!column || file === null || (file === 0n && !rows)) return [];
    const text = (value: bigint) => exact(value, column);
    const difference = (rows ?? 0n) - file;
    return [{
      measure: name,
      rows: rows === null ? null : text(rows),
      file: text(file),
      difference: text(difference),
      fits: difference === 0n,
    }];
  });
}

function sums(dataset: Dataset, { rowTotals }: StagedRows): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rowTotals).flatMap(([name, sum]): [string, string][] => {
      const column = dataset.columns.find((c) => c.name === name);
      return column && sum !== null ? [[name, exact(sum, column)]] : [];
    }),
  );
}

/** A stored integer as a plain number in the column's own unit. */
function exact(value: bigint, { type }: Column): string {
  if (type !== "decimal") return String(value);
  const digits = (value < 0n ? -value : value).toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ""}`;
}
