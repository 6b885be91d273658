/** The question of a chart by period and dimension. */
import type { Grain, MetricQueryInput } from "@/lib/model/mod.ts";

/** What a chart by period and dimension is about. */
export interface DimensionQuestion {
  dataset: string;
  metric: string;
  grain: Grain;
  dimension: string;
  /** How many values; the rest answers as "other", one row per period. */
  limit: number;
}

/** The query of a chart of one metric by period and dimension: the largest values over the whole range. */
export function dimensionQuery({ dataset, metric, grain, dimension, limit }: DimensionQuestion): MetricQueryInput {
  return {
    dataset,
    metrics: [metric],
    grain,
    dimensions: [dimension],
    order: [{ by: metric, direction: "desc" }],
    limit,
    other: true,
    totals: true,
  };
}
