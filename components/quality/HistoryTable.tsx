import { Sparkline } from "@/components/chart/Sparkline.tsx";
import { formatAgo } from "@/lib/format/moment.ts";
import type { ImportQuality } from "@/lib/quality/quality.ts";
import { Meter } from "./Meter.tsx";

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
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Imports">
        <table class="table">
          <caption class="visually-hidden">How clean each import was</caption>
          <thead>
            <tr>
              <th scope="col">Import</th>
              <th scope="col" class="number">Without a fault</th>
              <th scope="col" class="meter-cell">
                <span class="visually-hidden">As a bar</span>
              </th>
              <th scope="col" class="number">Rows</th>
              <th scope="col" class="number">Set aside</th>
              <th scope="col" class="number">Flagged</th>
              <th scope="col" class="number">Repeated</th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </>
  );
}
