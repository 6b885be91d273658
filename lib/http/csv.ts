/** Text that a spreadsheet would take for a formula; a real negative number is none. */
const FORMULA = /^[=+\-@\t\r\0]/;
const NUMBER = /^-?\d+([.,]\d+)*%?$/;

/** Rows as CSV (RFC 4180) with a header; a cell that a spreadsheet would run is led by an apostrophe. */
export function toCsv(columns: readonly string[], rows: Iterable<Readonly<Record<string, unknown>>>): string {
  const lines = [columns.map(csvCell).join(",")];
  for (const row of rows) lines.push(columns.map((column) => csvCell(row[column])).join(","));
  return lines.join("\r\n") + "\r\n";
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (typeof value === "string" && FORMULA.test(text) && !NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A download's name in both forms of RFC 6266: whatever stands in it, it ends no header and leaves no folder. */
export function attachment(filename: string): string {
  const plain = filename.replace(/[^\w.() -]/g, "_").slice(0, 100);
  const encoded = encodeURIComponent(filename.slice(0, 200)).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
