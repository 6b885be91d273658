/** Which signs cut a text into cells: every candidate is tried on many lines, and the one that makes a table wins. Pure. */
import { headerKey } from "@/lib/model/mod.ts";
import { cutText, type TextRecord } from "@/lib/staging/cut_text.ts";
import { cellKind } from "./cell_kind.ts";

/** The signs, and how well they do. */
export interface DetectedDialect {
  delimiter: string;
  quote: string;
  escape?: string;
  /** Each line as a whole stands in quotes, and its cells inside. */
  wrapped?: true;
  /** Cells of most lines; 1 where no sign cuts the text. */
  width: number;
  /** Why these signs. */
  evidence: string;
}

const SAMPLE_LETTERS = 1 << 16;
const SAMPLE_RECORDS = 300;
/** Cells whose kinds are worked out for each candidate. */
const LOOKED_CELLS = 1_000;
/** More likely ones first: they win where another does as well. */
const SINGLE = [",", ";", "\t", "|", "\u0001", "\u001f", "¦", "¬", "^", "~", ":", " "];
const PRIOR: Record<string, number> = { ",": 0.03, "\t": 0.03, ";": 0.03, "|": 0.02, ":": -0.2, " ": -0.25 };
const NAMES: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
  " ": "space",
  ":": "colon",
  "~": "tilde",
  "^": "caret",
};

/** What a delimiter is called in a sentence. */
export function delimiterName(delimiter: string): string {
  return NAMES[delimiter] ?? [...delimiter].map((sign) => sign < " " ? `control-${sign.charCodeAt(0)}` : sign).join("");
}

interface Tried {
  delimiter: string;
  quote: string;
  escape?: string;
  width: number;
  /** The share of records that have that many cells, of all or of the block of lines that is cut best. */
  share: number;
  /** How many records have that many cells. */
  alike: number;
  faults: number;
  records: number;
  matches: number;
  score: number;
}

/** Finds the signs. `complete` says that the file ends with this text. */
export function detectDialect(text: string, complete: boolean, known: ReadonlySet<string>): DetectedDialect {
  const inside = unwrap(text.slice(0, SAMPLE_LETTERS));
  if (inside) {
    const inner = detectDialect(inside, true, known);
    if (inner.width > 2) {
      return { ...inner, wrapped: true, evidence: `each line stands in quotes; inside, ${inner.evidence}` };
    }
  }
  const told = /^\s*"?sep=(.)"?[ \t;,]*\r?\n/i.exec(text)?.[1];
  const sample = text.slice(0, SAMPLE_LETTERS);
  const whole = complete && sample.length === text.length;
  const delimiters = told ? [told] : candidates(sample);
  const tried: Tried[] = [];
  for (const delimiter of delimiters) {
    for (const signs of quotings(sample, delimiter)) tried.push(attempt(sample, whole, { delimiter, ...signs }, known));
  }
  tried.sort((a, b) => b.score - a.score);
  const [best] = tried;
  const { delimiter, quote, escape } = best!;
  // Blanks and colons stand in sentences and times too: they must cut nearly every line.
  const rare = delimiter === " " || delimiter === ":";
  const least = rare ? 0.8 : best!.matches >= 2 || best!.records < 5 ? 0 : 0.6;
  if (best!.width === 1 || (!told && best!.share < least)) {
    const { quote, escape } = tried.find((t) => t.width === 1) ?? { quote: '"' };
    // Sentences hold commas: what cuts nothing must not stand in the text.
    const unused = [",", "\t", "|", ";", "\u001f"].find((sign) => !text.includes(sign)) ?? "\u001f";
    const signs = { delimiter: unused, quote, ...(escape ? { escape } : {}) };
    return { ...signs, width: 1, evidence: "no sign cuts the lines into equal parts" };
  }
  const second = tried.find((other) => other.delimiter !== delimiter && other.width > 1);
  const rival = second ? `; ${delimiterName(second.delimiter)} would cut ${second.alike} into ${second.width}` : "";
  const evidence = told
    ? `the first line says sep=${told}`
    : `cuts ${best!.alike} of ${best!.records} lines into ${best!.width} cells${rival}`;
  return { delimiter, quote, ...(escape ? { escape } : {}), width: best!.width, evidence };
}

/** What stands inside the quotes, where every line is one quoted cell that holds several, the first one too. */
function unwrap(sample: string): string | null {
  if (!/^\s*"/.test(sample)) return null;
  const records = cutText(sample, { delimiter: "\u001f", quote: '"', skipLines: 0, complete: false, limit: 50 });
  const lines = records.filter(({ fault }) => !fault).map(({ cells }) => cells[0]!);
  if (lines.length < 2 || lines.length < records.length) return null;
  const raw = sample.split(/\r\n|\n|\r/, records.length).filter((line) => line.trim() !== "");
  if (!raw.every((line) => /^\s*"(?:[^"]|"")*"\s*$/.test(line))) return null;
  const sign = [",", ";", "\t"].find((sign) => lines.every((line) => line.split(sign).length > 2));
  return sign ? lines.join("\n") : null;
}

/** Signs that stand in the sample often enough to cut anything. */
function candidates(sample: string): string[] {
  const lines = sample.split(/\r\n|\n|\r/, 200).filter((line) => line.trim() !== "");
  const often = (sign: string) => lines.filter((line) => line.includes(sign)).length >= Math.min(2, lines.length);
  const several = runs(lines);
  const singles = SINGLE.filter((sign) => often(sign) && !several.some((run) => onlyInside(sample, sign, run)));
  const found = [...several, ...singles];
  return found.length > 0 ? found : [","];
}

/** Runs of several signs that stand in most lines: `||`, `~|~`. */
function runs(lines: string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines.slice(0, 50)) {
    const found = new Set((line.match(/[|~^#@:;&*!+<>]{2,8}/g) ?? []).flatMap((run) => unit(run) ?? []));
    for (const run of found) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  const least = Math.min(lines.length, 50) * 0.6;
  return [...counts].filter(([, n]) => n >= least && n > 1).sort((a, b) => b[1] - a[1]).slice(0, 3).map(([run]) => run);
}

/** What a run repeats: empty cells put delimiters side by side. */
function unit(run: string): string | null {
  if (new Set(run).size === 1) return run.length % 2 === 0 && !";<>".includes(run[0]!) ? run.slice(0, 2) : null;
  for (let size = 2; size <= run.length / 2; size++) {
    if (run.length % size === 0 && run.slice(0, size).repeat(run.length / size) === run) return run.slice(0, size);
  }
  return run.length <= 4 ? run : null;
}

function onlyInside(sample: string, sign: string, run: string): boolean {
  if (!run.includes(sign)) return false;
  return !sample.replaceAll(run, "").includes(sign);
}

/** How cells may be quoted, as far as the sample gives reason to try. */
function quotings(sample: string, delimiter: string): { quote: string; escape?: string }[] {
  const beside = (quote: string) =>
    sample.includes(delimiter + quote) || sample.includes(quote + delimiter) ||
    new RegExp(`(^|[\\r\\n])${quote}`).test(sample);
  const found: { quote: string; escape?: string }[] = [{ quote: '"' }];
  if (sample.includes('\\"')) found.push({ quote: '"', escape: "\\" });
  if (beside("'")) {
    found.push({ quote: "'" });
    if (sample.includes("\\'")) found.push({ quote: "'", escape: "\\" });
  }
  if (sample.includes('"')) found.push({ quote: "" });
  if (delimiter === "\t" && escapesOnly(sample)) found.push({ quote: "", escape: "\\" });
  else if (sample.includes(`\\${delimiter}`)) found.push({ quote: "", escape: "\\" });
  return found;
}

/** Whether every backslash begins one of the escapes that database dumps write, and breaks are among them. */
function escapesOnly(sample: string): boolean {
  const found = sample.match(/\\[\s\S]?/g);
  return found !== null && found.every((escape) => /^\\[ntrN\\b0]$/.test(escape)) &&
    found.some((e) => /^\\[nN]$/.test(e));
}

function attempt(
  sample: string,
  complete: boolean,
  signs: { delimiter: string; quote: string; escape?: string },
  known: ReadonlySet<string>,
): Tried {
  const all = cutText(sample, { ...signs, skipLines: 0, complete, limit: SAMPLE_RECORDS });
  const records = all.filter(({ cells }) => !(cells.length === 1 && cells[0]!.trimStart().startsWith("#")));
  const faults = records.filter(({ fault }) => fault).length;
  const { matches, width: namedWidth } = bestKnown(records.slice(0, 40), known);
  // A header that is known tells how wide the table is, however much stands around it.
  const width = matches >= 2 ? namedWidth : commonWidth(records);
  const alike = records.filter(({ cells, fault }) => !fault && cells.length === width);
  const share = records.length === 0 ? 0 : Math.max(alike.length / records.length, 0.9 * bestBlock(records));
  const sound = 1 - faults / Math.max(1, records.length);
  const tried = { ...signs, width, share, alike: alike.length, faults, records: records.length, matches };
  if (width === 1) return { ...tried, score: 0.02 * sound + plainness(signs) };
  const looked = alike.slice(0, Math.min(100, Math.ceil(LOOKED_CELLS / width)));
  // Columns in which nothing stands say nothing for a sign: two of them may be side by side.
  const used = width - emptyColumns(looked, width);
  const table = share * Math.max(0, used - 1) / Math.max(1, used) * clean(looked, signs);
  // Cells that begin with a quote are quoted, unless quoting makes nonsense of most of them.
  const ignored = signs.quote === "" && !signs.escape &&
    looked.some(({ cells }) => cells.some((c) => c.startsWith('"')));
  const score = table * sound ** 1.5 - (ignored ? 0.15 : 0) + Math.min(matches, 8) * 0.12 +
    (PRIOR[signs.delimiter] ?? 0) + plainness(signs);
  return { ...tried, score };
}

/** Where nothing tells them apart, the usual quotes are taken; with tabs, escapes that are all of one kind. */
function plainness({ delimiter, quote, escape }: { delimiter: string; quote: string; escape?: string }): number {
  if (delimiter === "\t" && quote === "" && escape) return 0.1;
  return (quote === '"' ? 0.004 : quote === "'" ? 0.001 : 0) - (escape ? 0.002 : 0);
}

function emptyColumns(records: TextRecord[], width: number): number {
  let empty = 0;
  for (let at = 0; at < width; at++) if (records.every(({ cells }) => cells[at]!.trim() === "")) empty++;
  return empty;
}

/** The number of cells that most records of several cells have: titles, notes and comments are one cell each. */
function commonWidth(records: TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells, fault } of records) {
    if (!fault && cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let best = 1;
  let most = records.length > 3 ? 1 : 0;
  for (const [width, n] of counts) if (n > most) [best, most] = [width, n];
  return best;
}

/** The share of records of one width in the block of lines that is cut best: what stands around a table says nothing. */
function bestBlock(records: TextRecord[]): number {
  let best = 0;
  for (let from = 0, at = 1; at <= records.length; at++) {
    const before = records[at - 1]!;
    if (at < records.length && before.line + (before.lines ?? 1) === records[at]!.line) continue;
    const block = records.slice(from, at);
    const width = commonWidth(block);
    const alike = block.filter(({ cells, fault }) => !fault && cells.length === width).length;
    if (block.length >= 3 && width > 1) best = Math.max(best, alike / block.length);
    from = at;
  }
  return best;
}

/** The record most of whose cells are headers that somebody knows. */
function bestKnown(records: TextRecord[], known: ReadonlySet<string>): { matches: number; width: number } {
  let best = { matches: 0, width: 1 };
  for (const { cells, fault } of records) {
    if (cells.length < 2 || fault) continue;
    const matches = new Set(cells.map(headerKey).filter((key) => key !== "" && known.has(key))).size;
    if (matches > best.matches) best = { matches, width: cells.length };
  }
  return best;
}

/** How well the cells look like cells: numbers and dates fully, text that other delimiters or quotes stand in little. */
function clean(records: TextRecord[], { delimiter, quote }: { delimiter: string; quote: string }): number {
  let sum = 0;
  let cells = 0;
  for (const record of records) {
    for (const cell of record.cells) {
      cells++;
      sum += cellKind(cell) === "text" ? textQuality(cell.trim(), delimiter, quote) : 1;
    }
  }
  return cells === 0 ? 0 : sum / cells;
}

function textQuality(cell: string, delimiter: string, quote: string): number {
  for (const sign of ['"', "'"]) {
    if (sign === quote) continue;
    if (cell.length > 1 && cell.startsWith(sign) && cell.endsWith(sign)) return 0.1;
    if (sign === '"' && (cell.startsWith(sign) || cell.endsWith(sign))) return 0.3;
  }
  if (/[\t;|]/.test(cell) && delimiter !== cell) return 0.4;
  return delimiter !== "," && /[^\s],[^\s]/.test(cell) ? 0.7 : 1;
}
