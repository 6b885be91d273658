import { SaxesParser } from "saxes";
import { InputError } from "@/lib/errors.ts";
import { type NumberShape, numberText } from "./number_format.ts";
import type { ZipArchive } from "./open_zip.ts";
import { readSharedTexts } from "./shared_texts.ts";
import type { TextPieces } from "./write_text.ts";
import { damagedPart, local, typedText } from "./xml_part.ts";

const MAX_COLUMNS = 16_384;
const FLUSH_LETTERS = 1 << 16;
const PLAIN = { kind: "plain", currency: "" } as const;

/** What every sheet of a workbook needs. */
export interface Workbook {
  zip: ZipArchive;
  /** By the number of a cell's style. */
  shapes: NumberShape[];
  date1904: boolean;
  /** Where the texts lie that several cells share; null where there are none. */
  sharedPath: string | null;
}

/** How much of a sheet is wanted. */
export interface SheetOptions {
  /** Stop after so many rows. */
  rows?: number;
  signal?: AbortSignal;
}

/**
 * A sheet as CSV in UTF-8: a line for each row, empty ones too, so that lines are rows. Formulas give the value that was
 * last worked out; a text such as `=1+1` stays a text.
 */
export async function* sheetText(book: Workbook, path: string, options: SheetOptions = {}): TextPieces {
  if (options.rows !== undefined) {
    yield* firstRows(book, path, options.rows);
    return;
  }
  const shared = await sharedTexts(book, Infinity, options.signal);
  const lines = new SheetLines(shared);
  for await (const rows of readRows(book, path, options.signal)) {
    for (const row of rows) lines.add(row);
    if (lines.full) yield lines.take();
  }
  yield lines.take();
}

/** A few rows need only the first of the shared texts, and many files have a million of them. */
async function* firstRows(book: Workbook, path: string, most: number): TextPieces {
  const taken: SheetRow[] = [];
  let needed = 0;
  for await (const rows of readRows(book, path)) {
    for (const row of rows) {
      if (row.number > most) continue;
      taken.push(row);
      for (const cell of row.cells) if (typeof cell === "number") needed = Math.max(needed, cell + 1);
    }
    if ((rows.at(-1)?.number ?? 0) >= most) break;
  }
  const lines = new SheetLines(await sharedTexts(book, needed));
  for (const row of taken) lines.add(row);
  yield lines.take();
}

async function* readRows(book: Workbook, path: string, signal?: AbortSignal): AsyncIterable<SheetRow[]> {
  const rows: SheetRow[] = [];
  const reader = new SheetReader(book, rows);
  const decoder = new TextDecoder();
  for await (const piece of book.zip.read(path)) {
    signal?.throwIfAborted();
    reader.write(decoder.decode(piece, { stream: true }), path);
    if (rows.length > 0) yield rows.splice(0);
  }
}

async function sharedTexts({ zip, sharedPath }: Workbook, count: number, signal?: AbortSignal): Promise<string[]> {
  return sharedPath === null ? [] : await readSharedTexts(zip, sharedPath, count, signal);
}

/** Rows on their way to text: rows that are not there are blank lines. */
class SheetLines {
  #shared: readonly string[];
  #encoder = new TextEncoder();
  #text = "";
  #line = 1;

  constructor(shared: readonly string[]) {
    this.#shared = shared;
  }

  get full(): boolean {
    return this.#text.length > FLUSH_LETTERS;
  }

  add({ number, cells }: SheetRow): void {
    if (number < this.#line) return; // a row that stands twice
    this.#text += "\n".repeat(number - this.#line) + csvLine(cells, this.#shared) + "\n";
    this.#line = number + 1;
  }

  take(): Uint8Array {
    const bytes = this.#encoder.encode(this.#text);
    this.#text = "";
    return bytes;
  }
}

function csvLine(cells: readonly (string | number | undefined)[], shared: readonly string[]): string {
  let line = "";
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    const text = typeof cell === "number" ? shared[cell] ?? "" : cell ?? "";
    if (at > 0) line += ",";
    line += /[",;\t|\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  return line.replace(/,+$/, "");
}

interface SheetRow {
  number: number;
  /** A text, or the place of a shared one. */
  cells: (string | number | undefined)[];
}

/** Takes a sheet's XML in pieces and lays down whole rows. */
class SheetReader {
  #parser = new SaxesParser();
  #failed: Error | null = null;
  #row: SheetRow = { number: 0, cells: [] };
  #column = -1;
  #type = "n";
  #style = 0;
  #text = "";
  #taking = false;
  #phonetic = false;

  constructor(book: Workbook, rows: SheetRow[]) {
    const parser = this.#parser;
    parser.on("error", (error) => this.#failed ??= error);
    parser.on("opentag", ({ name, attributes }) => {
      switch (local(name)) {
        case "row":
          this.#row = { number: Number(attributes.r ?? this.#row.number + 1), cells: [] };
          this.#column = -1;
          break;
        case "c":
          this.#column = attributes.r ? columnOf(attributes.r) : this.#column + 1;
          this.#type = attributes.t ?? "n";
          this.#style = Number(attributes.s ?? 0);
          this.#text = "";
          break;
        case "rPh":
          this.#phonetic = true;
          break;
        case "v":
        case "t":
          this.#taking = !this.#phonetic;
          break;
      }
    });
    parser.on("text", (text) => {
      if (this.#taking) this.#text += text;
    });
    parser.on("closetag", ({ name }) => {
      switch (local(name)) {
        case "v":
        case "t":
          this.#taking = false;
          break;
        case "rPh":
          this.#phonetic = false;
          break;
        case "c":
          if (this.#text !== "") this.#row.cells[this.#column] = this.#value(book);
          break;
        case "row":
          rows.push(this.#row);
          break;
      }
    });
  }

  write(xml: string, path: string): void {
    this.#parser.write(xml);
    if (this.#failed) throw damagedPart(path, this.#failed);
    if (this.#column >= MAX_COLUMNS) {
      throw new InputError(
        "too-many-columns",
        `Cannot read the workbook: row ${this.#row.number} goes past column ${MAX_COLUMNS}`,
        { line: this.#row.number, column: this.#column + 1 },
      );
    }
  }

  #value(book: Workbook): string | number {
    const text = this.#text;
    switch (this.#type) {
      case "s":
        return Number(text);
      case "str":
      case "inlineStr":
        return typedText(text);
      case "e":
        return text;
      case "b":
        return text === "1" ? "TRUE" : "FALSE";
      case "d":
        return text.replace(/T00:00:00(?:\.0+)?Z?$/, "").replace("T", " ");
      default:
        return numberText(text, book.shapes[this.#style] ?? PLAIN, book.date1904);
    }
  }
}

/** The place of a column from 0: `B7` → 1. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    if (letter < "A" || letter > "Z") break;
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column - 1;
}
