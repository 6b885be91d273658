import { formatRange } from "@/lib/format/mod.ts";
import { formatAgo } from "@/lib/format/moment.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** A dataset that holds rows, as a list shows it. */
export interface ListedDataset {
  id: string;
  title: string;
  rows: number;
  range: { from: string; to: string } | null;
  levels: string[];
  /** When it last changed, ISO 8601. */
  asOf: string | null;
}

/** Datasets that hold rows: how many, from when to when, at which levels, how fresh. */
export function DatasetsTable({ datasets, now, locale, short = false }: {
  datasets: ListedDataset[];
  now: Date;
  locale: string;
  /** Leave out what a small place has no room for. */
  short?: boolean;
}) {
  const number = new Intl.NumberFormat(locale);
  return (
    <ScrollTable
      label="Datasets"
      caption="Datasets that hold rows"
      class="table--links"
      columns={[
        "Data",
        { title: "Rows", class: "number" },
        "Days",
        !short && { title: "Broken down by", class: "wide-only" },
        { title: "Changed", class: "number wide-only" },
      ]}
    >
      {datasets.map(({ id, title, rows, range, levels, asOf }) => (
        <tr key={id}>
          <th scope="row" class="table__subject">
            <a href={`/data/datasets/${encodeURIComponent(id)}`}>{title}</a>
          </th>
          <td class="number">{number.format(rows)}</td>
          <td class="nowrap">{range ? formatRange(range.from, range.to, { locale, year: true }) : "–"}</td>
          {!short && <td class="wide-only">{levels.join(" · ") || "–"}</td>}
          <td class="number wide-only">
            {asOf ? <time dateTime={asOf}>{formatAgo(asOf, now, locale)}</time> : "–"}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
