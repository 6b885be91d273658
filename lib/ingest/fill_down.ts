/** Cells that stand once for several rows, as merged cells and pivot tables have them: asked, then filled downwards. Pure. */
import type { Finding, ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading } from "@/lib/staging/mod.ts";
import type { DecideInput } from "./decide.ts";

/** Columns with what was answered about their empty cells. */
export interface FilledColumns {
  columns: Record<string, ColumnReading>;
  questions: ImportQuestion[];
  findings: Finding[];
}

/** So many gaps, and so many for one cell on average: fewer are mistakes. */
const LEAST_GAPS = 2;
const GAPS_A_CELL = 0.5;
/** Each cell is another one, as it stands once for its group. */
const DIFFERENT = 0.9;

/** Asks about dates and names that stand only in the first row of each group; `time` is the header of the days. */
export function fillDown(
  { dataset, profiles, recognition, answers }: DecideInput,
  columns: Record<string, ColumnReading>,
  time: string | undefined,
): FilledColumns {
  const done: FilledColumns = { columns: { ...columns }, questions: [], findings: [] };
  const place = (header: string) => profiles.findIndex((profile) => profile.header === header);
  const last = time === undefined ? 0 : place(time);
  for (const { name, identity, role } of dataset.columns) {
    const reading = columns[name];
    if (reading?.from !== "header" || (reading.as !== "date" && reading.as !== "text")) continue;
    const at = place(reading.header);
    const profile = profiles[at];
    // Groups stand to the left of what they group.
    if (!profile || (role !== "time" && !(identity && at <= last))) continue;
    // A total line whose label stands elsewhere has no gap here.
    const totals = Math.max(0, ...profiles.map((other) => other === profile ? 0 : other.totals));
    if (!standsOnce(profile, totals) || !(recognition.rows[0]?.cells[at] ?? "").trim()) continue;
    const id = `fill:${reading.header}`;
    if (answers[id] === undefined) done.questions.push(question(id, profile));
    if (answers[id] !== "above") continue;
    done.columns[name] = { ...reading, fill: true, ...(reading.as === "text" ? { asItStands: false } : {}) };
    const evidence = `answered: ${profile.empty.toLocaleString("en")} empty cells`;
    done.findings.push({ topic: `fill:${reading.header}`, finding: "filled with the cell above", evidence });
  }
  return done;
}

function standsOnce({ filled, empty, distinct }: ColumnProfile, totals: number): boolean {
  const gaps = empty - totals;
  return filled > 1 && gaps >= Math.max(LEAST_GAPS, filled * GAPS_A_CELL) && distinct >= filled * DIFFERENT;
}

function question(id: string, { header, filled, empty, samples }: ColumnProfile): ImportQuestion {
  const gaps = empty.toLocaleString("en");
  return {
    id,
    kind: "fill-down",
    title: `Does each empty cell in "${header}" stand for the one above it?`,
    detail: `${filled.toLocaleString("en")} rows have a cell there, each another one, and ${gaps} rows have none, ` +
      "as merged cells and pivot tables are written",
    column: header,
    choices: [
      {
        value: "above",
        title: "Yes: use the cell above",
        preview: samples.slice(0, 2).map((raw) => ({ raw: "", read: raw })),
      },
      { value: "empty", title: "No: leave it empty", preview: [] },
    ],
  };
}
