import type { ImportChanges } from "@/lib/model/mod.ts";
import { byInterest, relative } from "./change_words.ts";

/** The measures people look at first; an export may carry thirty. */
const MOST = 6;

/** What became of the sums over the days an import touches: before, after, and by how much. `grain`: of its rows. */
export function ChangesTable({ changes, grain = "day", locale }: {
  changes: ImportChanges;
  grain?: string;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const amount = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const text = (value: number | null) =>
    value === null ? "–" : (Number.isInteger(value) ? number : amount).format(value);
  const measures = byInterest(changes.measures).slice(0, MOST);
  if (measures.length === 0) return null;
  const unit = grain === "range" ? "period" : grain;
  return (
    <table class="table">
      <caption>
        {changes.days === 1
          ? `Sums of the one ${unit} it touches`
          : `Sums over the ${number.format(changes.days)} ${unit}s it touches`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Sum</th>
          <th scope="col" class="number">Before</th>
          <th scope="col" class="number">After</th>
          <th scope="col" class="number">Change</th>
        </tr>
      </thead>
      <tbody>
        {measures.map(({ column, title, before, after }) => (
          <tr key={column}>
            <th scope="row">{title}</th>
            <td class="number">{text(before)}</td>
            <td class="number">{text(after)}</td>
            <td class="number">{before ? relative(before, after ?? 0, locale) : "new"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
