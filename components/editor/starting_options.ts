/**
 * What a new widget begins with: the metrics and dimensions that are wanted, else the first of the data, where its options
 * ask for them.
 */
import { controlOf, type FormDataset, type JsonSchema, plainSchema } from "@/components/form/json_schema.ts";
import { startingValue } from "@/components/form/starting_value.ts";
import type { Wanted } from "./rank_widgets.ts";

/** Options for a new placement, or what the data lacks for it. Pure. */
export function startingOptions(
  schema: JsonSchema,
  dataset: FormDataset,
  wanted: Wanted = { metrics: [], dimensions: [] },
): { options: Record<string, unknown> } | { lacks: string } {
  const options: Record<string, unknown> = {};
  const known = dataset.columns.filter(({ role }) => role === "dimension").map(({ name }) => name);
  const start = startingValue("metric", { control: "metric" }, dataset) as string | undefined;
  const metrics = wanted.metrics.length > 0 ? [...wanted.metrics] : start === undefined ? [] : [start];
  const [metric] = metrics;
  const dimensions = [...wanted.dimensions];
  for (const [name, given] of Object.entries(schema.properties ?? {})) {
    const field = plainSchema(given, schema.$defs);
    const required = schema.required?.includes(name) ?? false;
    switch (controlOf(field)) {
      case "dataset":
        options[name] = dataset.id;
        break;
      case "metric": {
        const next = metrics.shift() ?? (required || name === "metric" ? metric : undefined);
        if (next !== undefined) options[name] = next;
        else if (required || name === "metric") return { lacks: `${dataset.title} has no metric` };
        break;
      }
      case "metrics":
        if (metrics.length > 0) options[name] = metrics.splice(0, field.maxItems ?? metrics.length);
        break;
      case "dimension": {
        const fits = typeof field.default === "string" && known.includes(field.default);
        const needed = required || (typeof field.default === "string" && !fits);
        const next = dimensions.shift() ?? (needed ? known[0] : undefined);
        if (next !== undefined) options[name] = next;
        else if (needed) return { lacks: `${dataset.title} has nothing to break down by` };
        break;
      }
      case "dimensions":
        if (dimensions.length > 0) options[name] = dimensions.splice(0, field.maxItems ?? dimensions.length);
        break;
      case "markdown":
        options[name] = metric ? `In this period: **{{${metric}}}**` : "Write something";
        break;
      default: {
        const value = required ? startingValue(name, field, dataset, schema.$defs) : undefined;
        if (value !== undefined) options[name] = value;
      }
    }
  }
  return { options };
}
