import type { ImportChanges } from "@/lib/model/mod.ts";

/** The measures people look at first; an export may carry thirty. */
const MOST = 6;

/** What became of the sums over the days an import touches: before, after, and by how much. */
export function ChangesTable({ changes, locale }: { changes: ImportChanges; locale: string }) {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
  const text = (value: number | null) => value === null ? "–" : number.format(value);
  const measures = changes.measures.slice(0, MOST);
  if (measures.length === 0) return null;
  return (
    <table class="table">
      <caption>
        {changes.days === 1
          ? "Sums of the one day it touches"
          : `Sums over the ${number.format(changes.days)} days it touches`}
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
            <td class="number">{before ? percent.format(((after ?? 0) - before) / Math.abs(before)) : "new"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
