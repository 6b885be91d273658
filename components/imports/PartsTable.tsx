import { formatPeriod, formatRange } from "@/lib/format/mod.ts";
import type { ImportJob } from "@/lib/model/mod.ts";

/** What each table of the file became. */
export function PartsTable({ parts, titles, locale }: {
  parts: ImportJob["parts"];
  titles: Record<string, string>;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Where the rows went">
      <table class="table">
        <caption class="visually-hidden">Where the rows went</caption>
        <thead>
          <tr>
            <th scope="col">Data</th>
            <th scope="col">Broken down by</th>
            <th scope="col">Per</th>
            <th scope="col">Days</th>
            <th scope="col" class="number">New</th>
            <th scope="col" class="number">Updated</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ table, dataset, level, grain, range, provisionalFrom, counts }) => (
            <tr key={`${table} ${level} ${grain}`}>
              <th scope="row">{titles[dataset] ?? dataset}</th>
              <td>{level}</td>
              <td>{grain}</td>
              <td>
                {range ? formatRange(range.from, range.to, { locale, year: true }) : "–"}
                {provisionalFrom && (
                  <span class="table__aside">
                    from {formatPeriod(provisionalFrom, "day", { locale })} on not over yet: a later import settles it
                  </span>
                )}
              </td>
              <td class="number">{number.format(counts.inserted)}</td>
              <td class="number">{number.format(counts.updated)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
