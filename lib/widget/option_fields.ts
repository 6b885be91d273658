/** Options that several widgets have, with the controls their forms show. */
import { z } from "zod";
import { grainSchema, slugSchema } from "@/lib/model/mod.ts";

/** The dataset that is asked. */
export const datasetField = slugSchema.default("ads").meta({ label: "Data", control: "dataset" });
/** One metric. */
export const metricField = slugSchema.meta({ label: "Metric", control: "metric" });
/** More metrics beside the first. */
export const moreMetricsField = z.array(slugSchema).max(11).default([]).meta({
  label: "More metrics",
  control: "metrics",
});
/** The calendar unit of the time axis. */
export const grainField = grainSchema.default("day").meta({ label: "Group by", control: "grain" });
/** A breakdown. */
export const dimensionField = slugSchema.meta({ label: "Break down by", control: "dimension" });

/** A colour: one of the eight of the palette, `series-1` to `series-8`, or any as `#rrggbb`. */
export const colourField = z.string().regex(/^(series-[1-8]|#[0-9a-f]{6})$/).meta({
  label: "Colour",
  control: "colour",
  fault: "Choose a colour of the palette, or write one as # and six hexadecimal digits",
});

/** The metrics of options that name one and perhaps more, each once. */
export function chosenMetrics({ metric, metrics }: { metric?: string; metrics: string[] }): string[] {
  return [...new Set([...metric ? [metric] : [], ...metrics])];
}
