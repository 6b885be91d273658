import { formatRange } from "@/lib/format/mod.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { ChangesTable } from "./ChangesTable.tsx";
import { CountsTable } from "./CountsTable.tsx";
import { SampleTable } from "./SampleTable.tsx";

/** The tables of a file that has several, each with where it goes, its first rows and what it changes. */
export function PartCards({ parts, titles, locale }: {
  parts: ImportJob["parts"];
  titles: Record<string, string>;
  locale: string;
}) {
  return (
    <>
      {parts.map(({ table, dataset, level, grain, range, counts, changes, sample }, i) => (
        <details key={i} class="card card--fold" open={i === 0}>
          <summary>
            <h2>{table.charAt(0).toUpperCase() + table.slice(1)}</h2>
            <span class="card__note">
              {[titles[dataset] ?? dataset, level, range && formatRange(range.from, range.to, { locale, year: true })]
                .filter((word) =>
                  word
                ).join(" · ")}
            </span>
          </summary>
          <div class="stack">
            {sample && <SampleTable sample={sample} locale={locale} />}
            <div class="columns">
              <CountsTable counts={counts} locale={locale} />
              {changes && <ChangesTable changes={changes} grain={grain} locale={locale} />}
            </div>
          </div>
        </details>
      ))}
    </>
  );
}
