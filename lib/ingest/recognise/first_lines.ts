import { cutText } from "@/lib/staging/cut_text.ts";
import { detectEncoding } from "./detect_encoding.ts";
import type { TextHead } from "./recognise_text.ts";
import type { EntryHead } from "./recognition.ts";

const LINES = 14;
const LINE_LENGTH = 400;

/**
 * The first lines of a text that lies packed in a file, to look at: of a sheet its rows, cells with tabs between them,
 * without empty ones. Numbered as findings and rows that were set aside are. Pure.
 */
export function firstLines({ bytes, complete, sheet = false }: TextHead): EntryHead["lines"] {
  const text = detectEncoding(bytes, complete).text.replace(/^\ufeff/, "");
  const lines = sheet ? rowsOf(text, complete) : linesOf(text, complete);
  // deno-lint-ignore no-control-regex -- what cannot be seen is shown as a box
  return lines.map(({ line, text }) => ({ line, text: text.replace(/[\u0000-\u0008\u000a-\u001f]/g, "▯") }));
}

function rowsOf(text: string, complete: boolean): EntryHead["lines"] {
  const options = { delimiter: ",", quote: '"', escape: "", lines: "records" as const, skipLines: 0, complete };
  const records = cutText(text, options).filter(({ line }) => line <= LINES);
  return records.map(({ line, cells }) => ({
    line,
    text: cells.map((cell) => cell.replace(/\r\n|\n|\r/g, " ")).join("\t").slice(0, LINE_LENGTH),
  }));
}

function linesOf(text: string, complete: boolean): EntryHead["lines"] {
  const lines = text.split(/\r\n|\n|\r/);
  if (!complete) lines.pop(); // cut anywhere
  while (lines.at(-1) === "") lines.pop();
  return lines.slice(0, LINES).map((line, i) => ({ line: i + 1, text: line.slice(0, LINE_LENGTH) }));
}
