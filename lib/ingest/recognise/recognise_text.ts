/** From the first bytes of a file: encoding, delimiter, header row, and what stands above it. Pure. */
import { InputError } from "@/lib/errors.ts";
import { type Finding, headerKey } from "@/lib/model/mod.ts";
import { cutText, type TextRecord } from "@/lib/staging/cut_text.ts";
import type { FileDialect } from "@/lib/staging/mod.ts";
import type { FoundTable } from "./recognition.ts";

/** Bytes that are enough to see what a file is. */
export const HEAD_BYTES = 1 << 20;

const DELIMITERS = [",", ";", "\t", "|"] as const;
const DELIMITER_NAMES: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };
const HEADER_SEARCH = 40;

/** What a file's bytes are that are no text at all. */
const BINARY: readonly [number[], string][] = [
  [[0x50, 0x4b, 0x03, 0x04], "an Excel workbook or a zip archive; save the sheet as CSV, or unpack it"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook; save the sheet as CSV"],
  [[0x1f, 0x8b], "a gzip archive; unpack it"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF; export the report as CSV"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file; export the report as CSV"],
];

/** Finds the table in a file's first bytes. Throws `InputError` for one that is no table of text. */
export function recogniseText(head: Uint8Array, complete: boolean, known: ReadonlySet<string>): FoundTable {
  for (const [magic, what] of BINARY) {
    if (magic.every((byte, at) => head[at] === byte)) {
      throw new InputError("not-a-table", `Cannot read the file: it is ${what}`);
    }
  }
  const { encoding, text, evidence } = decode(head, complete);
  if (text.trim() === "") throw new InputError("empty-file", "Cannot read the file: it holds nothing");
  const candidates = DELIMITERS.map((delimiter) => findHeader(text, delimiter, complete, known));
  const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
  const { header, delimiter, rows } = best;
  const preamble = text.split(/\r\n|\n|\r/, header.line - 1).map((line) => line.trim()).filter((line) => line !== "");
  const findings: Finding[] = [
    { topic: "encoding", finding: encoding, evidence },
    {
      topic: "delimiter",
      finding: DELIMITER_NAMES[delimiter]!,
      evidence: `cuts the header into ${header.cells.length} columns`,
    },
    {
      topic: "header",
      finding: `line ${header.line}`,
      evidence: best.matches > 0 ? `${best.matches} of its headers are known` : "the first line of the table",
    },
  ];
  return {
    entry: null,
    title: preamble[0] ?? "",
    dialect: { encoding, delimiter, quote: '"', skipLines: header.line - 1, header: true },
    preamble,
    headerLines: [header.line],
    headers: header.cells,
    rows,
    footer: [],
    findings,
  };
}

function decode(
  head: Uint8Array,
  complete: boolean,
): { encoding: FileDialect["encoding"]; text: string; evidence: string } {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    const label = head[0] === 0xff ? "utf-16le" : "utf-16be";
    return { encoding: "utf-16", text: new TextDecoder(label).decode(head), evidence: "byte order mark" };
  }
  let even = 0;
  let odd = 0;
  const probe = Math.min(head.length, 4_096);
  for (let at = 0; at < probe; at++) if (head[at] === 0) at % 2 === 0 ? even++ : odd++;
  if (even + odd > probe / 4 && Math.min(even, odd) < Math.max(even, odd) / 10) {
    const label = even > odd ? "utf-16be" : "utf-16le";
    return { encoding: "utf-16", text: new TextDecoder(label).decode(head), evidence: "every other byte is zero" };
  }
  try {
    // A letter may be cut in two by the end of the head.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: !complete });
    const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return { encoding: "utf-8", text, evidence: bom ? "byte order mark" : "every byte fits" };
  } catch {
    const text = new TextDecoder("windows-1252").decode(head);
    return { encoding: "latin-1", text, evidence: "the bytes are no UTF-8" };
  }
}

interface HeaderCandidate {
  header: TextRecord;
  delimiter: string;
  matches: number;
  score: number;
  rows: TextRecord[];
}

/** The record that is most like a header: known names count most, then how many records have as many cells. */
function findHeader(
  text: string,
  delimiter: string,
  complete: boolean,
  known: ReadonlySet<string>,
): HeaderCandidate {
  const records = cutText(text, { delimiter, quote: '"', skipLines: 0, complete, limit: 400 });
  if (records.length === 0) {
    throw new InputError("not-a-table", "Cannot read the file: its first line is longer than 1 MiB");
  }
  const sizes = new Map<number, number>();
  for (const { cells } of records) sizes.set(cells.length, (sizes.get(cells.length) ?? 0) + 1);
  let best: HeaderCandidate | null = null;
  for (const header of records.slice(0, HEADER_SEARCH)) {
    const matches = new Set(header.cells.map(headerKey).filter((key) => known.has(key))).size;
    const alike = (sizes.get(header.cells.length) ?? 0) / records.length;
    const comment = header.cells[0]?.startsWith("#") && header.cells.length === 1;
    const wide = header.cells.length > 1 ? alike : 0;
    // A title such as "Campaign report" is one cell; a header of one column is taken only where nothing is wider.
    const score = matches * (header.cells.length > 1 ? 10 : 1) + wide * 5 + (comment ? -5 : 0);
    if (!best || score > best.score + 1e-9) {
      best = { header, delimiter, matches, score, rows: records.filter(({ line }) => line > header.line).slice(0, 20) };
    }
  }
  return best!;
}
