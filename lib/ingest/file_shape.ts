import { cellKind } from "./recognise/cell_kind.ts";
import type { FoundTable } from "./recognise/mod.ts";

/** Day, month and year in any order, or a month's name beside numbers. */
const DAY = /\d[-/.年]\s?\d{1,2}[-/.月]\s?\d|\p{L}{3,}.*\d|\d.*\p{L}{3,}/u;

/**
 * What files of one kind have in common, for the answers that the next of them uses by itself: their headers. Where a
 * file has none, numbered columns say nothing; so what each holds in the first records is part of it. Pure.
 */
export function fileShape(
  { headers, headerLines, rows }: Pick<FoundTable, "headers" | "headerLines" | "rows">,
): string[] {
  if (headerLines.length > 0) return headers;
  return headers.map((header, at) => {
    const counts = { day: 0, number: 0, text: 0 };
    for (const { cells } of rows) {
      const cell = cells[at] ?? "";
      const kind = cellKind(cell);
      if (kind === "text") counts.text++;
      else if (kind === "value") counts[DAY.test(cell) ? "day" : "number"]++;
    }
    const [most, n] = Object.entries(counts).reduce((a, b) => b[1] > a[1] ? b : a);
    return `${header}:${n === 0 ? "empty" : most}`;
  });
}
