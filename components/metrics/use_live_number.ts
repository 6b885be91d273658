import { useEffect, useState } from "preact/hooks";
import { formatMetric } from "@/lib/format/mod.ts";
import type { MetricResult } from "@/lib/model/mod.ts";

/** Milliseconds after the last key. */
const PAUSE = 200;

/** What a formula comes to. */
export interface LiveNumber {
  /** One per currency; kept while the next is on its way. */
  values: string[];
  state: "none" | "asking" | "there" | "wrong";
  /** What is wrong, in words. */
  problem: string;
}

/** Asks what a formula comes to over all days, a moment after each change; an older question is given up. */
export function useLiveNumber(dataset: string, formula: string, locale: string): LiveNumber {
  const [live, setLive] = useState<LiveNumber>({ values: [], state: "none", problem: "" });
  useEffect(() => {
    if (formula.trim() === "") return setLive({ values: [], state: "none", problem: "" });
    setLive((before) => ({ ...before, state: "asking" }));
    const abort = new AbortController();
    const wait = setTimeout(async () => {
      try {
        const answer = await ask(dataset, formula, locale, abort.signal);
        setLive((before) =>
          "problem" in answer ? { ...before, state: "wrong", ...answer } : {
            values: answer.values,
            state: "there",
            problem: "",
          }
        );
      } catch {
        if (abort.signal.aborted) return;
        setLive((before) => ({ ...before, state: "wrong", problem: "The server cannot be reached. Is it running?" }));
      }
    }, PAUSE);
    return () => {
      clearTimeout(wait);
      abort.abort();
    };
  }, [dataset, formula, locale]);
  return live;
}

async function ask(
  dataset: string,
  formula: string,
  locale: string,
  signal: AbortSignal,
): Promise<{ values: string[] } | { problem: string }> {
  const response = await fetch("/api/query", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dataset, metrics: [{ name: "tried_formula", formula }], range: { all: true } }),
    signal,
  });
  if (!response.ok) {
    const { detail } = await response.json() as { detail?: string };
    return { problem: withoutPath(detail ?? `The server answered ${response.status}`) };
  }
  const { rows, columns, meta } = await response.json() as MetricResult;
  const column = columns.find(({ name }) => name === "tried_formula");
  if (!column) return { values: [] };
  return {
    values: rows.map((row) => {
      const value = row.tried_formula;
      const currency = typeof row.currency === "string" ? row.currency : meta.currency;
      return formatMetric(typeof value === "number" ? value : null, column, { locale, currency });
    }),
  };
}

/** There is one formula here: where it stands in the question need not be said. */
function withoutPath(detail: string): string {
  const text = detail.replace(/^Cannot [^:]*: /, "").replace(/^metrics\[0\]\.formula:? /, "");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
