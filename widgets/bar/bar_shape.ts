import type { Grain } from "@/lib/model/mod.ts";
import type { BarOptions } from "./options.ts";

/** What a bar chart's bars are: periods, values of a dimension, or values within periods. */
export type BarShape =
  | { by: "period"; grain: Grain }
  | { by: "dimension"; dimension: string }
  | { by: "both"; grain: Grain; dimension: string };

/** What the bars of these options are. */
export function barShape({ dimension, grain }: Pick<BarOptions, "dimension" | "grain">): BarShape {
  if (dimension && grain) return { by: "both", dimension, grain };
  return dimension ? { by: "dimension", dimension } : { by: "period", grain: grain ?? "month" };
}

/** The metrics of a bar chart, each once; within periods by a dimension only the first. */
export function barMetrics(options: Pick<BarOptions, "metric" | "metrics" | "dimension" | "grain">): string[] {
  const all = [...new Set([...options.metric ? [options.metric] : [], ...options.metrics])];
  return barShape(options).by === "both" ? all.slice(0, 1) : all;
}
