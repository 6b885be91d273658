import type { ImportCounts } from "@/lib/model/mod.ts";
import { COUNT_LINES } from "./import_words.ts";

/** What became of every row that was read; the lines add up to the last one. */
export function CountsTable({ counts, locale }: { counts: ImportCounts; locale: string }) {
  const number = new Intl.NumberFormat(locale);
  const lines = COUNT_LINES.flatMap((line) => {
    const count = counts[line.key] ?? 0;
    return count > 0 ? [{ ...line, count }] : [];
  });
  return (
    <table class="table">
      <caption class="visually-hidden">What became of the rows that were read</caption>
      <tbody>
        {lines.map(({ key, title, explanation, count }) => (
          <tr key={key}>
            <th scope="row">
              {title} <span class="table__beside">{explanation}</span>
            </th>
            <td class="number">{number.format(count)}</td>
          </tr>
        ))}
        {lines.length === 0 && (
          <tr>
            <th scope="row">No rows</th>
            <td class="number">0</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Read from the file</th>
          <td class="number">{number.format(counts.read)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
