import { CurrencyField } from "./CurrencyField.tsx";

/** Amounts without a currency, and the form that names it. */
export function UnnamedCard({ dataset, rows, files, value, action, locale }: {
  dataset: { id: string; title: string };
  rows: number;
  /** How many files would be brought in again. */
  files: number;
  /** The currency that is likely meant; "" where nothing is known. */
  value: string;
  action: string;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale);
  const href = `/data/imports?dataset=${encodeURIComponent(dataset.id)}`;
  return (
    <section class="card" id={`unnamed-${dataset.id}`}>
      <header class="card__head">
        <h2>{dataset.title}: which currency?</h2>
        <span class="card__note">
          {number.format(rows)} {rows === 1 ? "row has" : "rows have"} amounts without a currency
        </span>
      </header>
      {files === 0
        ? (
          <p class="quiet">
            Their files name other currencies too. Undo them in <a href={href}>the ledger</a>{" "}
            and import them again, each with its answer.
          </p>
        )
        : (
          <form class="setting" method="post" action={action}>
            <input type="hidden" name="dataset" value={dataset.id} />
            <CurrencyField label="They are" value={value} none="Choose…" locale={locale} />
            <button class="button button--primary" type="submit" name="action" value="name">Set currency</button>
            <p class="field__hint">
              {files === 1 ? "Their file is" : `${number.format(files)} files are`}{" "}
              read again with this answer; the amounts stay as they are. It can be undone.
            </p>
          </form>
        )}
    </section>
  );
}
