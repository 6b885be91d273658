import { formatPeriod, formatRange } from "@/lib/format/mod.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** What each table of the file became. */
export function PartsTable({ parts, titles, locale }: {
  parts: ImportJob["parts"];
  titles: Record<string, string>;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale);
  return (
    <ScrollTable
      label="Where the rows went"
      columns={["Data", "Broken down by", "Per", "Days", { title: "New", class: "number" }, {
        title: "Updated",
        class: "number",
      }]}
    >
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
    </ScrollTable>
  );
}
