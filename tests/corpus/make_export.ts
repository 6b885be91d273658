/** Makes an export in a language and a container, and what must come out of it. The same every time. */
import { gzipSync } from "node:zlib";
import type { LanguageCode } from "@/lib/model/languages/mod.ts";
import type { Source } from "@/lib/source/mod.ts";
import type { ExportColumn, ExportSpec } from "./exports.ts";
import { makeWorkbook, type WorkbookCell } from "./make_workbook.ts";
import { makeZip } from "./make_zip.ts";
import { NUMBERS, TOTAL, translate, writeDay, writeNumber } from "./locales.ts";

/** How the text is packed. */
export type Packing = "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be" | "windows-1252" | "gzip" | "zip" | "xlsx";
/** Every packing. */
export const packings: readonly Packing[] = [
  ...["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252", "gzip", "zip", "xlsx"] as const,
];

/** What must come out. */
export interface Expected {
  columns: Record<string, string | null>;
  rows: number;
  totals: number;
  range: { from: string; to: string };
  currency: string[];
  /** Exact texts by column of the dataset. */
  sums: Record<string, string>;
}

const FIRST = Date.UTC(2026, 9, 8);
const DAYS = 12;
const DAY = 86_400_000;
const NAMES = {
  campaign: ["Brand", "Herbst, Aktion", "Été 2026"],
  group: ["Group one", "Group two", "Group three"],
  ad: ["Ad A", "Ad B", "Ad C"],
  other: ["Shop", "Shop", "Shop"],
};
const IDS = {
  campaign: ["700100200300", "700100200301", "700100200302"],
  group: ["81", "82", "83"],
  ad: ["91", "92", "93"],
  other: ["123-456-7890", "123-456-7890", "123-456-7890"],
};

/** Makes it. `turn` chooses among the words that a header has. */
export function makeExport(
  spec: ExportSpec,
  source: Source,
  { language, packing, turn = 0 }: { language: LanguageCode; packing: Packing; turn?: number },
): { bytes: Uint8Array; expected: Expected } {
  const delimiter = packing.startsWith("utf-16") ? "\t" : NUMBERS[language].decimal === "," ? ";" : ",";
  const code = "EUR";
  const headerOf = (column: ExportColumn) => {
    const word = translate(column.header, source, language, turn);
    return spec.currency === "header" && column.kind === "money" ? `${word} (${code})` : word;
  };
  const random = mulberry(spec.name.length * 31 + spec.platform.length);
  const sums = new Map<string, bigint>();
  const rows: WorkbookCell[][] = [];
  for (let day = 0; day < DAYS; day++) {
    for (let entity = 0; entity < 3; entity++) {
      rows.push(spec.columns.map((column) => cellOf(column, { day, entity })));
    }
  }
  const total = spec.total && totalLine();
  const lines: WorkbookCell[][] = [
    ...(spec.preamble ?? []).map((line) => [ranged(line)]),
    spec.columns.map(headerOf),
    ...(total && spec.total!.place === "top" ? [total] : []),
    ...rows,
    ...(total && spec.total!.place === "bottom" ? [total] : []),
    ...(spec.footer ?? []).map((line) => [line]),
  ];
  return {
    bytes: pack(lines, { packing, delimiter, name: spec.name }),
    expected: {
      columns: Object.fromEntries(spec.columns.map((column) => [headerOf(column), column.column])),
      rows: rows.length,
      totals: total ? 1 : 0,
      range: { from: new Date(FIRST).toISOString().slice(0, 10), to: isoDay(DAYS - 1) },
      currency: spec.currency === "none" ? ["XXX"] : [code],
      sums: Object.fromEntries([...sums].map(([name, value]) => [name, plain(value)])),
    },
  };

  function cellOf(column: ExportColumn, { day, entity }: { day: number; entity: number }): WorkbookCell {
    const add = (value: number, decimals: number): WorkbookCell => {
      const written = value.toFixed(decimals);
      const micros = BigInt(Math.round(Number(written) * 1e6));
      if (column.column) sums.set(column.column, (sums.get(column.column) ?? 0n) + micros);
      return packing === "xlsx" ? Number(written) : writeNumber(Number(written), decimals, language);
    };
    switch (column.kind) {
      case "date":
        // In a workbook a day is a number in a format.
        if (packing === "xlsx") return { value: (FIRST + day * DAY) / DAY + 25_569, format: "yyyy-mm-dd" };
        return writeDay(new Date(FIRST + day * DAY), spec.dates, language);
      case "name":
        return NAMES[column.entity ?? "other"][entity]!;
      case "id":
        return IDS[column.entity ?? "other"][entity]!;
      case "currency":
        return code;
      case "fixed":
        return column.value!;
      case "rate":
        return `${writeNumber(random() * 10, 2, language)}%`;
      case "count":
        return add(Math.floor(random() * 9_000) + 1_000, 0);
      case "fraction":
        return add(random() * 40, 2);
      case "money":
        return add(random() * 3_000 + 0.01, 2);
    }
  }

  function totalLine(): WorkbookCell[] {
    const first = spec.columns.findIndex(({ kind }) => kind === "name");
    return spec.columns.map((column, n) => {
      const sum = column.column ? sums.get(column.column) : undefined;
      if (sum !== undefined && packing === "xlsx") return Number(sum) / 1e6;
      if (sum !== undefined) return writeNumber(Number(sum) / 1e6, column.kind === "count" ? 0 : 2, language);
      if (spec.total!.label === "blank") return "";
      if (spec.total!.label === "colon") return n === 0 ? `${TOTAL[language]}: Account` : " --";
      return n === first ? TOTAL[language] : "";
    });
  }

  function ranged(line: string): string {
    const last = new Date(FIRST + (DAYS - 1) * DAY);
    return line
      .replace("{from}", writeDay(new Date(FIRST), "long", language))
      .replace("{to}", writeDay(last, "long", language))
      .replace("{compact-from}", writeDay(new Date(FIRST), "compact", language))
      .replace("{compact-to}", writeDay(last, "compact", language));
  }
}

/** The lines as a file. */
function pack(
  lines: WorkbookCell[][],
  { packing, delimiter, name }: { packing: Packing; delimiter: string; name: string },
): Uint8Array {
  if (packing === "xlsx") return makeWorkbook([{ name: name.slice(0, 30), rows: lines }]);
  const text = lines.map((cells) => cells.map((cell) => quote(String(cell ?? ""), delimiter)).join(delimiter) + "\r\n")
    .join("");
  if (packing === "zip") return makeZip([{ name: `${name}.csv`, data: text }]);
  if (packing === "gzip") return gzipSync(new TextEncoder().encode(text));
  return encode(text, packing);
}

function isoDay(n: number): string {
  return new Date(FIRST + n * DAY).toISOString().slice(0, 10);
}

function quote(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function plain(micros: bigint): string {
  const digits = micros.toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${digits.slice(0, -6)}${fraction ? `.${fraction}` : ""}`;
}

/** Bytes of a text. What an old code page lacks is written in UTF-8 with a mark instead. */
function encode(text: string, packing: Exclude<Packing, "gzip" | "zip" | "xlsx">): Uint8Array {
  if (packing === "utf-8") return new TextEncoder().encode(text);
  const fits = [...text].every((letter) => letter.codePointAt(0)! < 256 || letter === "€");
  if (packing === "utf-8-bom" || (packing === "windows-1252" && !fits)) {
    return new TextEncoder().encode(`\ufeff${text}`);
  }
  if (packing === "windows-1252") {
    return Uint8Array.from(text, (letter) => letter === "€" ? 0x80 : letter.charCodeAt(0));
  }
  const little = packing === "utf-16le";
  const bytes = new Uint8Array(text.length * 2 + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, little);
  for (let n = 0; n < text.length; n++) view.setUint16(n * 2 + 2, text.charCodeAt(n), little);
  return bytes;
}

/** Numbers that are the same every time. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
