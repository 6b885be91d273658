import { Sparkline } from "@/components/chart/Sparkline.tsx";
import { formatAgo } from "@/lib/format/moment.ts";
import type { ImportQuality } from "@/lib/quality/quality.ts";
import { Meter } from "./Meter.tsx";
import { ScrollTable } from "../ScrollTable.tsx";

/** How clean each import was, newest first, and the course of it. */
export function HistoryTable({ history, now, locale }: { history: ImportQuality[]; now: Date; locale: string }) {
  const number = new Intl.NumberFormat(locale);
  return (
    <>
      {history.length > 2 && (
        <div class="history__course">
          <Sparkline values={history.map(({ score }) => score).toReversed()} />
        </div>
      )}
      <ScrollTable
        label="Imports"
        caption="How clean each import was"
        columns={[
          "Import",
          { title: "Without a fault", class: "number" },
          { title: <span class="visually-hidden">As a bar</span>, class: "meter-cell" },
          { title: "Rows", class: "number" },
          { title: "Set aside", class: "number" },
          { title: "Flagged", class: "number" },
          { title: "Repeated", class: "number" },
        ]}
      >
        {history.map(({ id, filename, at, read, rejected, flagged, repeated, score }) => (
          <tr key={id}>
            <th scope="row" class="table__subject">
              <a href={`/data/imports/${encodeURIComponent(id)}`}>{filename}</a>
              <span class="table__aside">{formatAgo(at, now, locale)}</span>
            </th>
            <td class="number">{number.format(score)} %</td>
            <td class="meter-cell">
              <Meter score={score} />
            </td>
            <td class="number">{number.format(read)}</td>
            <td class="number">{number.format(rejected)}</td>
            <td class="number">{number.format(flagged)}</td>
            <td class="number">{number.format(repeated)}</td>
          </tr>
        ))}
      </ScrollTable>
    </>
  );
}
