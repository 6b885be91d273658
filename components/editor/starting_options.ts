/** What a new widget begins with: the first metric and dimension of the data that stand where its options ask for them. */
import { controlOf, type FormDataset, type JsonSchema, plainSchema } from "@/components/form/json_schema.ts";
import { startingValue } from "@/components/form/starting_value.ts";

/** Options for a new placement, or what the data lacks for it. Pure. */
export function startingOptions(
  schema: JsonSchema,
  dataset: FormDataset,
): { options: Record<string, unknown> } | { lacks: string } {
  const options: Record<string, unknown> = {};
  const metric = startingValue("metric", { control: "metric" }, dataset) as string | undefined;
  for (const [name, given] of Object.entries(schema.properties ?? {})) {
    const field = plainSchema(given, schema.$defs);
    const required = schema.required?.includes(name) ?? false;
    const control = controlOf(field);
    if (control === "dataset") options[name] = dataset.id;
    else if (control === "metric" && (required || name === "metric")) {
      if (!metric) return { lacks: `${dataset.title} has no metric` };
      options[name] = metric;
    } else if (control === "markdown") {
      options[name] = metric ? `In this period: **{{${metric}}}**` : "Write something";
    } else if (required) {
      const start = startingValue(name, field, dataset, schema.$defs);
      if (start === undefined && control === "dimension") {
        return { lacks: `${dataset.title} has nothing to break down by` };
      }
      if (start !== undefined) options[name] = start;
    }
  }
  return { options };
}
