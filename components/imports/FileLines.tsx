import type { EntryHead } from "@/lib/model/mod.ts";

/** What lines of sums begin with, in the languages that exports come in. */
const TOTAL =
  /^["']?\s*(grand total|total|totals|gesamt|summe|insgesamt|totale|totaal|totaux|subtotal|合計|総計|sum)\b/i;

/** The first lines of a file's texts as they stand, with their numbers: headers and lines of sums are marked. */
export function FileLines({ heads }: { heads: EntryHead[] }) {
  return (
    <section class="card">
      <header class="card__head">
        <h2>As it stands in the file</h2>
        <span class="card__note">first lines</span>
      </header>
      {heads.map(({ entry, header, lines }) => (
        <div key={entry}>
          {entry !== null && <h3 class="file-entry">{entry}</h3>}
          <div
            class="file-head"
            tabIndex={0}
            role="region"
            aria-label={entry === null ? "First lines of the file" : `First lines of ${entry}`}
          >
            <pre>
              {lines.map(({ line, text }) => {
                const kind = header.includes(line) ? "header" : TOTAL.test(text) ? "total" : null;
                return (
                  <span key={line} class={kind ? `file-line file-line--${kind}` : "file-line"}>
                    <span class="file-line__number">{line}</span>
                    {`${text}\n`}
                  </span>
                );
              })}
            </pre>
          </div>
        </div>
      ))}
    </section>
  );
}

/** The header's lines in words such as "line 3" or "lines 3 and 4"; none where it has no header. */
export function headerLines(finding: string): number[] {
  return /^lines? /.test(finding) ? [...finding.matchAll(/\d+/g)].map(([number]) => Number(number)) : [];
}
