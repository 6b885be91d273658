/** One name for each cell of the records: rows of headers put together, and held against how wide the records are. Pure. */
import type { TextRecord } from "@/lib/staging/cut_text.ts";
import { commonWidth, filled } from "./row_shape.ts";

/** The names, and how many cells a record may lack. */
export interface FittedHeaders {
  headers: string[];
  leastCells: number;
  /** What was not as it should be; null where everything fits. */
  oddity: string | null;
}

const SAMPLE = 500;
/** What says in what a column is counted: `EUR`, `%`, `[USD]`. */
const UNIT = /^(?:[([].{1,12}[)\]]|.{1,4})$/u;

/** Fits headers to records. Cells without a name get an empty one. */
export function fitHeaders(rows: TextRecord[], body: TextRecord[]): FittedHeaders {
  const sample = body.slice(0, SAMPLE).filter((row) => !row.fault);
  const width = commonWidth(sample.filter((row) => filled(row) > 0));
  const headers = combine(rows);
  const named = headers.length;
  if (named === 0) {
    return { headers: Array.from({ length: width }, () => ""), leastCells: width, oddity: null };
  }
  if (sample.length === 0 || width === named) return sameWidth(headers, sample);
  return width > named ? wider(headers, width, sample) : narrower(headers, width, sample);
}

/** A label in one more cell, on the first or the last record only, as some total lines have it. */
function sameWidth(headers: string[], sample: TextRecord[]): FittedHeaders {
  const named = headers.length;
  const longer = sample.filter((row) =>
    row.cells.length > named && row.cells.slice(named).some((cell) => cell.trim() !== "")
  );
  const [row] = longer;
  const atEdge = row === sample[0] || row === sample.at(-1);
  if (longer.length !== 1 || !atEdge || row!.cells.length !== named + 1) {
    return { headers, leastCells: named, oddity: null };
  }
  const oddity = `line ${row!.line} has a cell more than the header: "${row!.cells[named]}"`;
  return { headers: [...headers, ""], leastCells: named, oddity };
}

function wider(headers: string[], width: number, sample: TextRecord[]): FittedHeaders {
  const named = headers.length;
  const full = sample.filter((row) => row.cells.length === width);
  const extra = full.filter((row) => row.cells.slice(named).some((cell) => cell.trim() !== ""));
  if (extra.length === 0) {
    return { headers, leastCells: named, oddity: "every record ends with a delimiter" };
  }
  if (width === named + 1 && extra.length >= full.length * 0.9 && isRowNames(full)) {
    return { headers: ["", ...headers], leastCells: width, oddity: "the first column has no name: it holds row names" };
  }
  const unnamed = Array.from({ length: width - named }, () => "");
  const oddity = `the records have ${width} cells and the header ${named}`;
  return { headers: [...headers, ...unnamed], leastCells: named, oddity };
}

/** Row names as statistics programs write them: all different, and mostly numbers that count up. */
function isRowNames(rows: TextRecord[]): boolean {
  const names = rows.map((row) => row.cells[0]!.trim());
  return new Set(names).size === names.length && names.every((name) => /^\d+$/.test(name));
}

function narrower(headers: string[], width: number, sample: TextRecord[]): FittedHeaders {
  const widest = sample.reduce((most, { cells }) => Math.max(most, cells.length), width);
  const kept = [...headers];
  while (kept.length > widest && kept.at(-1)!.trim() === "") kept.pop();
  if (kept.length === width) return { headers: kept, leastCells: width, oddity: "the header ends with a delimiter" };
  const short = sample.filter((row) => row.cells.length === width).length;
  if (short < sample.length * 0.5) return { headers: kept, leastCells: kept.length, oddity: null };
  const oddity = `most records have ${width} cells and the header ${kept.length}: what is missing is empty`;
  return { headers: kept, leastCells: width, oddity };
}

/** One name a column out of one or more rows. */
function combine(rows: TextRecord[]): string[] {
  const [first, second] = rows;
  if (!first) return [];
  if (!second) return first.cells.map(trimmed);
  const lower = second.cells.map(trimmed);
  const upper = first.cells.map(trimmed);
  // Names that are all there and all different need no other: below them stand units, formats, explanations.
  if (upper.every((cell) => cell !== "") && new Set(upper).size === upper.length) {
    return upper.map((name, at) => {
      const below = lower[at] ?? "";
      const unit = below.replace(/^[([]|[)\]]$/g, "");
      return UNIT.test(below) && !name.includes(unit) ? `${name} (${unit})` : name;
    });
  }
  const groups: string[] = [];
  for (const [at, name] of upper.entries()) groups.push(name || (groups[at - 1] ?? ""));
  const seen = new Map<string, number>();
  for (const name of lower) seen.set(name, (seen.get(name) ?? 0) + 1);
  return lower.map((name, at) => {
    if (name === "") return upper[at] ?? "";
    return seen.get(name)! > 1 && groups[at] ? `${groups[at]} ${name}` : name;
  });
}

function trimmed(cell: string): string {
  return cell.replace(/^\ufeff/, "").trim();
}
