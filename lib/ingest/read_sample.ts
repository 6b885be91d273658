import type { Column, Dataset, ImportSample } from "@/lib/model/mod.ts";
import type { ColumnReading, RawTable, Staging, StagingPlan } from "@/lib/staging/mod.ts";

const ROWS = 6;
/** Text lines that are looked through for those rows: lines set aside and totals stand between them. */
const LINES = 60;
const LONGEST_CELL = 120;

/** The first typed rows of an import beside what the file has there. Call it before the text is dropped. */
export async function readSample(
  staging: Pick<Staging, "head" | "sample">,
  workspace: string,
  { plan, raw }: { plan: StagingPlan; raw: Pick<RawTable, "headers"> },
): Promise<ImportSample> {
  const columns = shown(plan.dataset, plan.columns);
  const [typed, text] = await Promise.all([
    staging.sample(workspace, plan.importId, { columns: columns.map(({ name }) => name), limit: ROWS }),
    staging.head(workspace, plan.importId, LINES),
  ]);
  const headers = columns.map(({ name }) => headerOf(plan.columns[name]!));
  const places = headers.map((header) => header === null ? -1 : raw.headers.indexOf(header));
  return {
    columns: columns.map(({ name, title, role, unit }, i) => ({
      name,
      title,
      role,
      ...unit === undefined ? {} : { unit },
      header: headers[i]!,
    })),
    rows: typed.map(({ line, cells }) => {
      const own = text.find((row) => row.line === line)?.cells;
      return {
        line,
        read: cells.map((value, i) => inUnits(columns[i]!, value)),
        raw: places.map((place) => cut(own?.[place] ?? null)),
      };
    }),
  };
}

/** What a person looks at first: the day, what a row is of, its numbers; what is the same for every row comes last. */
function shown(dataset: Dataset, readings: StagingPlan["columns"]): Column[] {
  const made = dataset.columns.filter(({ name }) => readings[name]);
  const place = ({ name, role }: Column) => {
    if (headerOf(readings[name]!) === null) return 3;
    return role === "time" ? 0 : role === "dimension" ? 1 : 2;
  };
  return made.toSorted((a, b) => place(a) - place(b));
}

function headerOf(reading: ColumnReading): string | null {
  return "header" in reading ? reading.header : null;
}

function inUnits({ type }: Column, value: string | bigint | null): string | number | null {
  if (typeof value === "bigint") return Number(value) / (type === "decimal" ? 1e6 : 1);
  return cut(value);
}

function cut(text: string | null): string | null {
  return text !== null && text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}
