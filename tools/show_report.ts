/** What was found in a file, for people. Pure. */
import type { FileReport } from "@/lib/ingest/examine_file.ts";
import type { TableReport } from "@/lib/ingest/report_table.ts";

/** So many answers to a question are shown; all of them stand in the JSON. */
const MOST_CHOICES = 6;

/** Findings that stand elsewhere in the text: in the columns, the totals, the line of days. */
const SAID = /^(?:column:|total:|unused$|report$|dataset$|encoding$|delimiter$|header$|period$)/;

/** The report as text. */
export function showReport(file: string, report: FileReport): string {
  const { tables, findings } = report;
  const lines = [`${file}: ${report.container}, ${tables.length} ${tables.length === 1 ? "table" : "tables"}`];
  for (const { topic, finding, evidence } of findings) lines.push(`  ${topic}: ${finding} (${evidence})`);
  for (const [place, table] of tables.entries()) lines.push("", ...showTable(table, place + 1));
  return lines.join("\n");
}

function showTable(table: TableReport, place: number): string[] {
  const name = [table.title, table.entry].filter((text) => text).map((text) => `"${text}"`).join(" in ");
  const lines = [`Table ${place}${name ? ` ${name}` : ""}`];
  const say = (label: string, text: string) => lines.push(`  ${label.padEnd(12)} ${text}`);
  const header = table.headerLines.length ? `headers in line ${table.headerLines.join(", ")}` : "no headers";
  say("read as", `${table.encoding}, cut by ${shown(table.delimiter)}, ${header}`);
  say("report", `${table.platform ?? "unknown platform"}${table.report ? `, ${table.report}` : ""} → ${table.dataset}`);
  if (table.refused) say("refused", table.refused.message);
  const set = table.rowsSetAside ? `, ${table.rowsSetAside} set aside` : "";
  const totals = table.totalLines ? `, ${table.totalLines} total ${table.totalLines === 1 ? "line" : "lines"}` : "";
  const twice = table.duplicates ? `, ${table.duplicates} repeated` : "";
  say("rows", `${table.rowsRead} read, ${table.rowsKept} kept${set}${totals}${twice}`);
  for (const { code, column, count } of table.setAside.slice(0, 5)) {
    const first = table.setAsideRows.find((row) => row.code === code && row.column === column);
    const example = first ? `: line ${first.line}, ${first.reason}, "${(first.value ?? "").slice(0, 80)}"` : "";
    say("", `${count} × ${code}${column ? ` in "${column}"` : ""}${example}`);
  }
  const grain = table.grain === "range" ? "one whole period a row" : `by ${table.grain}`;
  if (table.firstDate) say("days", `${table.firstDate} to ${table.lastDate}, ${grain}`);
  else if (table.grain) say("days", `not known yet, ${grain}`);
  if (table.currencies.length) {
    say("currency", table.currencies.map((code) => code === "XXX" ? "none is named (XXX)" : code).join(", "));
  }
  for (const { topic, finding, evidence } of table.findings.filter(({ topic }) => !SAID.test(topic))) {
    say("found", `${topic}: ${finding} (${evidence})`);
  }
  const width = Math.max(...table.columns.map(({ name }) => name.length), 0);
  for (const { name, role, type, column, why } of table.columns) {
    const is = column ? `${column} (${role}, ${type})` : `– (${role})`;
    say("column", `${name.padEnd(Math.min(width, 40))} → ${is}: ${why}`);
  }
  if (table.headerLines.length === 0) {
    for (const { line, cells } of table.firstRows) {
      say(`line ${line}`, cells.map((cell, at) => `${table.columns[at]?.name}=${JSON.stringify(cell)}`).join("  "));
    }
  }
  for (const [measure, sum] of Object.entries(table.sums)) say("sum", `${measure} = ${sum}`);
  if (table.notSummed.length) say("sum", `${table.notSummed.join(", ")}: not added up, as their rows must not be`);
  for (const { measure, rows, file, difference, fits } of table.totals) {
    say("total", `${measure}: rows ${rows ?? "–"}, file ${file}, ${fits ? "the same" : `difference ${difference}`}`);
  }
  for (const { id, title, detail, choices } of table.questions) {
    const more = choices.length > MOST_CHOICES ? ` / … ${choices.length - MOST_CHOICES} more` : "";
    const offered = choices.slice(0, MOST_CHOICES).map(({ title, value }) => `${title} (${id}=${value})`).join(" / ");
    say("asks", `${title}${detail ? ` ${detail}.` : ""} ${offered}${more}`);
  }
  return lines;
}

function shown(delimiter: string): string {
  return JSON.stringify(delimiter);
}
