import type { ColumnFinding } from "./column_findings.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** Which column of the file is read as which of ours, folded away. */
export function ColumnFindings({ columns }: { columns: ColumnFinding[] }) {
  return (
    <details class="card card--fold">
      <summary>
        <h2>Columns</h2>
        <span class="card__note">{columns.length} of the file's are read</span>
      </summary>
      <ScrollTable label="Columns of the file" columns={["In the file", "Read as", "What decided it"]}>
        {columns.map(({ header, column, decided }) => (
          <tr key={header}>
            <th scope="row">{header}</th>
            <td>{column}</td>
            <td class="quiet">{decided}</td>
          </tr>
        ))}
      </ScrollTable>
    </details>
  );
}
