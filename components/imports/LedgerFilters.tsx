import { type ImportState, importStateSchema } from "@/lib/model/mod.ts";
import { stateWord } from "./import_words.ts";

/** Which imports to list: a plain form whose choices stand in the address. */
export function LedgerFilters({ datasets, dataset, state }: {
  datasets: { id: string; title: string }[];
  dataset?: string;
  state?: ImportState;
}) {
  return (
    <form class="ledger-filters" method="get" action="/data/imports">
      <label class="ledger-filters__field">
        <span>Data</span>
        <select class="select" name="dataset">
          <option value="" selected={!dataset}>All</option>
          {datasets.map(({ id, title }) => <option key={id} value={id} selected={id === dataset}>{title}</option>)}
        </select>
      </label>
      <label class="ledger-filters__field">
        <span>State</span>
        <select class="select" name="state">
          <option value="" selected={!state}>All</option>
          {importStateSchema.options.map((one) => (
            <option key={one} value={one} selected={one === state}>{stateWord(one).word}</option>
          ))}
        </select>
      </label>
      <button class="button" type="submit">Show</button>
      {(dataset || state) && <a class="button button--quiet" href="/data/imports">Show all</a>}
    </form>
  );
}
