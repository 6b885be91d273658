import { valueLabel } from "@/lib/format/mod.ts";
import type { ColumnCompleteness } from "@/lib/quality/quality.ts";
import { Meter } from "./Meter.tsx";
import { ScrollTable } from "../ScrollTable.tsx";

/** How full each column is, the emptiest first. */
export function CompletenessTable({ columns, locale }: { columns: ColumnCompleteness[]; locale: string }) {
  const sorted = columns.toSorted((a, b) =>
    Number(a.optional) - Number(b.optional) || a.filled / a.rows - b.filled / b.rows
  );
  return (
    <ScrollTable
      label="Completeness"
      caption="How full each column is"
      columns={["Column", { title: "Filled", class: "number" }, {
        title: <span class="visually-hidden">As a bar</span>,
        class: "meter-cell",
      }, "Lacking at"]}
    >
      {sorted.map(({ column, title, rows, filled, lacking, optional }) => (
        <tr key={column}>
          <th scope="row">{title}</th>
          <td class="number">{share(filled, rows, locale)}</td>
          <td class="meter-cell">
            <Meter score={100 * filled / rows} />
          </td>
          <td class="quiet">
            {optional
              ? "only some kinds of rows have it"
              : lacking.slice(0, 3).map(({ platform, rows, filled }) =>
                `${platform ? valueLabel("platform", platform, locale) : "rows"} ${share(rows - filled, rows, locale)}`
              ).join(", ") || "nowhere"}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}

/** A share that is never rounded to all or nothing. */
function share(part: number, whole: number, locale: string): string {
  const exact = part / whole;
  const shown = exact > 0 && exact < 0.001 ? 0.001 : exact < 1 && exact > 0.999 ? 0.999 : exact;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(shown);
}
