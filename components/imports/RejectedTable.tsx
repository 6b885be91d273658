import type { RejectedRow } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** Rows that were set aside, each with its line in the file, the cell and the reason. */
export function RejectedTable({ rows, locale }: { rows: RejectedRow[]; locale: string }) {
  const number = new Intl.NumberFormat(locale);
  return (
    <ScrollTable label="Rows set aside" columns={[{ title: "Line", class: "number" }, "Column", "Value", "Reason"]}>
      {rows.map((row, i) => (
        <tr key={i}>
          <td class="number">{number.format(row.line)}</td>
          <td>{row.column}</td>
          <td>
            {row.value === null || row.value === "" ? <em class="quiet">empty</em> : <code>{row.value}</code>}
          </td>
          <td>{row.reason}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
