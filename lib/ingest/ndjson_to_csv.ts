import { InputError } from "@/lib/errors.ts";

/** More fields than any dataset has columns: a body made to exhaust memory is refused before. */
const MAX_FIELDS = 1_000;

/**
 * Rows as JSON objects, one a line, as the CSV that a file with the same rows would be: so a stream is recognised, staged
 * and cleaned as any file. Fields become columns in the order in which they first appear; a missing field and null are
 * empty cells. Throws `InputError` naming the line and the field.
 */
export function ndjsonToCsv(text: string): string {
  const fields = new Map<string, number>();
  const rows: string[][] = [];
  const lines = text.replace(/^\ufeff/, "").split("\n");
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const cells: string[] = [];
    for (const [field, value] of Object.entries(parseRow(line, i + 1))) {
      let place = fields.get(field);
      if (place === undefined) fields.set(field, place = fields.size);
      if (place >= MAX_FIELDS) throw bad(i + 1, `there are more than ${MAX_FIELDS} different fields`);
      cells[place] = cellOf(value, field, i + 1);
    }
    rows.push(cells);
  }
  if (rows.length === 0) {
    throw new InputError("no-rows", "Cannot take the rows: the body holds none; send one JSON object a line", {}, 400);
  }
  const header = [...fields.keys()].map(quoted).join(",");
  const places = Array.from({ length: fields.size }, (_, place) => place);
  return `${header}\n${rows.map((cells) => places.map((place) => quoted(cells[place] ?? "")).join(",")).join("\n")}\n`;
}

/** A number as it was written: more digits than a double holds survive. */
class Written {
  constructor(readonly text: string) {}
}

function parseRow(line: string, number: number): Record<string, unknown> {
  let row: unknown;
  try {
    const keepNumbers = (_key: string, value: unknown, context?: { source?: string }) =>
      typeof value === "number" ? new Written(context?.source ?? String(value)) : value;
    row = JSON.parse(line, keepNumbers as (this: unknown, key: string, value: unknown) => unknown);
  } catch (error) {
    throw bad(number, `it is no JSON: ${(error as Error).message}`);
  }
  if (typeof row === "object" && row !== null && !Array.isArray(row) && !(row instanceof Written)) {
    return row as Record<string, unknown>;
  }
  throw bad(number, 'it is no object; send {"date": "2026-01-31", "spend": 12.5}');
}

function cellOf(value: unknown, field: string, line: number): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (value instanceof Written) return plainNumber(value.text);
  const kind = Array.isArray(value) ? "a list" : "an object";
  throw bad(line, `"${field.slice(0, 100)}" holds ${kind}; send text, a number, true, false or null`);
}

/**
 * A number that every reader takes for the same: without an exponent, and never with exactly three decimals, which
 * half of Europe reads as thousands.
 */
function plainNumber(text: string): string {
  const plain = /e/i.test(text) ? Number(text).toFixed(6).replace(/\.?0+$/, "") : text;
  return /\.\d{3}$/.test(plain) ? `${plain}0` : plain;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function bad(line: number, why: string): InputError {
  return new InputError("bad-row", `Cannot take line ${line}: ${why}`, { line }, 400);
}
