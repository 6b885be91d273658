import { useEffect, useState } from "preact/hooks";

/** A value of a dimension, and in how many rows it stands. */
export interface FoundValue {
  value: string;
  rows: number;
}

/** What was found; the last values stay while the next are on their way. */
export interface FoundValues {
  values: FoundValue[];
  state: "waiting" | "ready" | "failed";
}

/** Looks up values of a dimension in the data, most rows first, a moment after each letter. `open`: not before. */
export function useValues(dataset: string, column: string, search: string, open: boolean): FoundValues {
  const [found, setFound] = useState<FoundValues & { column: string }>({ values: [], state: "waiting", column });
  useEffect(() => {
    if (!open || dataset === "" || column === "") return;
    const abort = new AbortController();
    const wait = setTimeout(async () => {
      try {
        const query = new URLSearchParams({ column, search });
        const response = await fetch(`/api/datasets/${encodeURIComponent(dataset)}/values?${query}`, {
          signal: abort.signal,
        });
        if (!response.ok) throw new Error(`status ${response.status}`);
        const { counts } = await response.json() as { counts: FoundValue[] };
        setFound({ values: counts, state: "ready", column });
      } catch {
        // Shown in the list; what was chosen stays, and anything can still be written.
        if (!abort.signal.aborted) setFound({ values: [], state: "failed", column });
      }
    }, search ? 150 : 0);
    return () => {
      clearTimeout(wait);
      abort.abort();
    };
  }, [dataset, column, search, open]);
  return found.column === column ? found : { values: [], state: "waiting" };
}
