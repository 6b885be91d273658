import { valueLabel } from "@/lib/format/mod.ts";
import type { ImportSample } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** More columns than a page shows beside one another; the rest stands in the table of columns. */
const MOST_COLUMNS = 8;

/** A number that is written as a computer would: only its grouping differs. */
function isPlain(raw: string, read: string | number | null): boolean {
  return typeof read === "number" && raw.trim() !== "" && Number(raw) === read;
}

/** The first rows as they will stand; under each cell what the file has there, where it is written otherwise. */
export function SampleTable({ sample, locale }: { sample: ImportSample; locale: string }) {
  const shown = sample.columns.map((column, i) => ({ ...column, i })).filter(({ header }) => header !== null);
  const columns = shown.slice(0, MOST_COLUMNS);
  const constant = sample.columns.flatMap(({ name, header, title }, i) => {
    const value = sample.rows[0]?.read[i] ?? null;
    if (header !== null || value === null) return [];
    return [`${title} ${typeof value === "string" ? valueLabel(name, value, locale) : value}`];
  });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const money = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  const text = (value: string | number | null, unit: string | undefined) =>
    value === null ? "–" : typeof value === "number" ? (unit === "currency" ? money : number).format(value) : value;
  if (columns.length === 0 || sample.rows.length === 0) return null;
  return (
    <>
      <ScrollTable
        label="First rows as they will be read"
        caption="First rows as they will be read, with what the file has there"
        class="sample"
        columns={columns.map(({ title, role, header }) => ({
          title: <>{title}{header !== title && <span class="sample__raw">{header}</span>}</>,
          class: role === "measure" ? "number" : "",
        }))}
      >
        {sample.rows.map(({ line, read, raw }) => (
          <tr key={line}>
            {columns.map(({ name, role, unit, i }) => {
              const value = text(read[i] ?? null, unit);
              const stood = raw[i] ?? null;
              return (
                <td key={name} class={role === "measure" ? "number" : ""}>
                  {value}
                  {stood !== null && stood !== value && !isPlain(stood, read[i] ?? null) && (
                    <span class="sample__raw">{stood || "empty"}</span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </ScrollTable>
      {(constant.length > 0 || shown.length > columns.length) && (
        <p class="quiet sample__note">
          {constant.length > 0 && <>For every row: {constant.join(" · ")}.</>}
          {shown.length > columns.length && ` ${shown.length - columns.length} more columns are read.`}
        </p>
      )}
    </>
  );
}
