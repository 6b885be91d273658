/** The questions of a chart by period and dimension: which values are the largest, and their course. */
import type { Grain, MetricQueryInput } from "@/lib/model/mod.ts";

/** Rows that one chart may take; past it the largest remain, and they are what is drawn. */
const ROWS = 20_000;

/** What a chart by period and dimension asks. */
export interface DimensionQuestions {
  /** By period and value, largest first. */
  main: { kind: "metric"; query: MetricQueryInput };
  /** The largest values of the dimension over the whole range, and everything else as one row. */
  top: { kind: "metric"; query: MetricQueryInput };
  /** By period, whole: what "Other" is taken from. */
  whole: { kind: "metric"; query: MetricQueryInput };
}

/** The questions of a chart of one metric by period and dimension. */
export function dimensionQuestions(
  { dataset, metric, grain, dimension, limit }: {
    dataset: string;
    metric: string;
    grain: Grain;
    dimension: string;
    limit: number;
  },
): DimensionQuestions {
  const base = { dataset, metrics: [metric] };
  const largest = [{ by: metric, direction: "desc" as const }];
  return {
    main: { kind: "metric", query: { ...base, grain, dimensions: [dimension], order: largest, limit: ROWS } },
    top: {
      kind: "metric",
      query: { ...base, dimensions: [dimension], order: largest, limit, other: true, totals: true },
    },
    whole: { kind: "metric", query: { ...base, grain, order: [{ by: "period", direction: "asc" }] } },
  };
}
