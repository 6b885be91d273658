import type { RejectedRow } from "@/lib/model/mod.ts";

/** Rows that were set aside, each with its line in the file, the cell and the reason. */
export function RejectedTable({ rows, locale }: { rows: RejectedRow[]; locale: string }) {
  const number = new Intl.NumberFormat(locale);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Rows set aside">
      <table class="table">
        <caption class="visually-hidden">Rows set aside</caption>
        <thead>
          <tr>
            <th scope="col" class="number">Line</th>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
