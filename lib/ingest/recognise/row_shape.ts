/** What the cells of one record look like together. Pure. */
import { headerKey } from "@/lib/model/mod.ts";
import type { TextRecord } from "@/lib/staging/cut_text.ts";
import { type CellKind, cellKind, isYear } from "./cell_kind.ts";

const KINDS = new WeakMap<TextRecord, CellKind[]>();

/** The kind of each cell; worked out once. */
export function kindsOf(record: TextRecord): CellKind[] {
  let kinds = KINDS.get(record);
  if (!kinds) KINDS.set(record, kinds = record.cells.map(cellKind));
  return kinds;
}

/** How many cells hold something. */
export function filled(record: TextRecord): number {
  let count = 0;
  for (const cell of record.cells) if (holdsSomething(cell)) count++;
  return count;
}

/** Whether so many cells hold something; most records are told by their first cells. */
function fillsAtLeast(record: TextRecord, least: number): boolean {
  let count = 0;
  for (const cell of record.cells) if (holdsSomething(cell) && ++count >= least) return true;
  return count >= least;
}

function holdsSomething(cell: string): boolean {
  return cell !== "" && (cell.charCodeAt(0) > 32 && cell.charCodeAt(0) < 128 || cell.trim() !== "");
}

/** A line that is a comment: it begins with `#` and is no row of several filled cells. */
export function isComment(record: TextRecord): boolean {
  return !record.fault && record.cells[0]!.trimStart().startsWith("#") && !fillsAtLeast(record, 2);
}

/** A line of one text where tables have several cells: a title, a note, a comment. */
export function isNote(record: TextRecord): boolean {
  if (record.fault || fillsAtLeast(record, 2)) return false;
  return isComment(record) || (filled(record) === 1 && kindsOf(record)[0] === "text");
}

/** Whether a record may be a row of headers: several texts, and no number or day that is not itself a name. */
export function isHeaderish(record: TextRecord): boolean {
  if (record.fault || isComment(record)) return false;
  const kinds = kindsOf(record);
  if (kinds.includes("nothing")) return false;
  if (record.cells.length > 1 && !fillsAtLeast(record, 2)) return false;
  if (record.cells.some((cell) => cell.length > 300)) return false;
  if (!kinds.includes("value")) return true;
  if (!kinds.includes("text") && kinds[0] !== "empty") return false;
  return namesOfPeriods(record.cells.filter((_, at) => kinds[at] === "value"));
}

/** Years, quarters, or many numbers that count up, as hours and days do: `2024`, `2025` …; `1`, `2`, `3` … */
function namesOfPeriods(values: string[]): boolean {
  if (new Set(values.map((value) => value.trim())).size !== values.length) return false;
  if (values.every((value) => isYear(value) || /^\s*(?:\d{4}[- ]?)?Q[1-4](?:[- ]\d{4})?\s*$/i.test(value))) return true;
  // Days in their order, as pivot tables have them.
  if (values.length > 2 && values.every((value) => DAY.test(value.trim()))) {
    const days = values.map((value) => value.trim());
    return days.every((day, at) => at === 0 || day !== days[at - 1]) && isSteady(days);
  }
  return values.length > 6 &&
    values.every((value, at) => /^\d+$/.test(value.trim()) && Number(value) === Number(values[0]) + at);
}

const DAY = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4}))$/;

/** Whether every day's number is the one before it and 1, or a month begins. */
function isSteady(days: string[]): boolean {
  const parts = days.map((day) => day.split(/[-/.]/).map(Number));
  return parts.every((part, at) => {
    const before = parts[at - 1];
    return !before || part.some((number, n) => number === before[n]! + 1);
  });
}

/** How many of a record's cells are headers that somebody knows. */
export function knownCells(record: TextRecord, known: ReadonlySet<string>): number {
  if (record.fault) return 0;
  return new Set(record.cells.map(headerKey).filter((key) => key !== "" && known.has(key))).size;
}

/** Columns in which nearly every cell that holds something is a number or a day. */
export function typedColumns(rows: TextRecord[]): number[] {
  const values: number[] = [];
  const texts: number[] = [];
  for (const row of rows) {
    kindsOf(row).forEach((kind, at) => {
      values[at] = (values[at] ?? 0) + (kind === "value" ? 1 : 0);
      texts[at] = (texts[at] ?? 0) + (kind === "text" ? 1 : 0);
    });
  }
  return values.flatMap((n, at) => n > 0 && n >= (n + texts[at]!) * 0.8 ? [at] : []);
}

/** The number of cells that most records have; one cell only where nothing is wider. */
export function commonWidth(records: TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells, fault } of records) {
    if (!fault && cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let best = 1;
  for (const [width, n] of counts) if (n > (counts.get(best) ?? 0)) best = width;
  return best;
}
