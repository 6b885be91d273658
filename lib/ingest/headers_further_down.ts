/** Headers past what recognition looked at: a file's tables are told by its beginning, and one may follow a long way down. */
import { InputError } from "@/lib/errors.ts";
import { headerKey } from "@/lib/model/mod.ts";
import type { RawTable, Staging } from "@/lib/staging/mod.ts";
import { cellKind } from "./recognise/cell_kind.ts";
import type { TableRecognition } from "./recognise/mod.ts";

/** A line of headers. */
export interface HeaderLine {
  line: number;
  cells: string[];
}

/** A table that was read to its end, and every header that somebody knows. */
export interface ReadToEnd {
  workspace: string;
  raw: RawTable;
  table: TableRecognition;
  known: ReadonlySet<string>;
}

/** Finds the first line of other headers, and whether the table's own stand again. */
export async function headersFurtherDown(
  staging: Pick<Staging, "wordsAmong">,
  { workspace, raw, table, known }: ReadToEnd,
): Promise<{ other: HeaderLine | null; again: boolean }> {
  const lines = await staging.wordsAmong(workspace, raw.importId, numberColumn(raw, table));
  const { delimiter } = table.dialect;
  const cut = (text: string) => text.split(delimiter).map((cell) => cell.replace(/^\s*"|"\s*$/g, "").trim());
  const all: HeaderLine[] = [
    ...lines.map(({ line, cells, uncut }) => ({
      line,
      cells: uncut ? cut(cells[0] ?? "") : cells.map((cell) => cell?.trim() ?? ""),
    })),
    ...raw.footer.map(({ line, text }) => ({ line, cells: cut(text) })),
  ];
  const headers = all.filter(({ cells }) => areHeaders(cells, known)).sort((a, b) => a.line - b.line);
  const own = new Set(table.headers.map(headerKey));
  const isOwn = ({ cells }: HeaderLine) => cells.every((cell) => cell === "" || own.has(headerKey(cell)));
  return { other: headers.find((line) => !isOwn(line)) ?? null, again: headers.some(isOwn) };
}

/** The column whose first cells are numbers or days: headers stand out in it. */
function numberColumn({ headers }: RawTable, { rows }: TableRecognition): string {
  const at = headers.findIndex((_, place) => {
    const kinds = rows.map(({ cells }) => cellKind(cells[place] ?? ""));
    return kinds.some((kind) => kind === "value") && kinds.every((kind) => kind !== "text");
  });
  return headers[Math.max(0, at)]!;
}

/** Several names that somebody knows, and not one number or day. */
function areHeaders(cells: string[], known: ReadonlySet<string>): boolean {
  if (cells.some((cell) => cellKind(cell) === "value")) return false;
  return new Set(cells.map(headerKey).filter((key) => key !== "" && known.has(key))).size >= 2;
}

/** What to say of another table. */
export function otherTable({ line, cells }: HeaderLine, { headerLines }: TableRecognition): InputError {
  const names = cells.filter((cell) => cell !== "").slice(0, 4).map((cell) => `"${cell}"`).join(", ");
  const first = headerLines[0] ?? 1;
  return new InputError(
    "another-table",
    `Cannot read the file: line ${line} has the headers of another table (${names}) than line ${first}; ` +
      "save each table in a file of its own",
    { line },
  );
}
