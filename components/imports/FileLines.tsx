/** What lines of sums begin with, in the languages that exports come in. */
const TOTAL =
  /^["']?\s*(grand total|total|totals|gesamt|summe|insgesamt|totale|totaal|totaux|subtotal|合計|総計|sum)\b/i;

/** The first lines of the file as they stand: the header and lines of sums are marked. */
export function FileLines({ lines, header }: {
  lines: string[];
  /** Numbers of the header's lines, from 1. */
  header: number[];
}) {
  return (
    <section class="card">
      <header class="card__head">
        <h2>As it stands in the file</h2>
        <span class="card__note">first lines</span>
      </header>
      <div class="file-head" tabIndex={0} role="region" aria-label="First lines of the file">
        <pre>
          {lines.map((line, i) => {
            const kind = header.includes(i + 1) ? "header" : TOTAL.test(line) ? "total" : null;
            return <span key={i} class={kind ? `file-line file-line--${kind}` : "file-line"}>{`${line}\n`}</span>;
          })}
        </pre>
      </div>
    </section>
  );
}

/** The header's lines in words such as "line 3" or "lines 3 and 4"; none where it has no header. */
export function headerLines(finding: string): number[] {
  return /^lines? /.test(finding) ? [...finding.matchAll(/\d+/g)].map(([number]) => Number(number)) : [];
}
