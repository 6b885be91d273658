import type { ColumnFinding } from "./column_findings.ts";

/** Which column of the file is read as which of ours, folded away. */
export function ColumnFindings({ columns }: { columns: ColumnFinding[] }) {
  return (
    <details class="card card--fold">
      <summary>
        <h2>Columns</h2>
        <span class="card__note">{columns.length} of the file's are read</span>
      </summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Columns of the file">
        <table class="table">
          <caption class="visually-hidden">Columns of the file</caption>
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col">Read as</th>
              <th scope="col">What decided it</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ header, column, decided }) => (
              <tr key={header}>
                <th scope="row">{header}</th>
                <td>{column}</td>
                <td class="quiet">{decided}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
