/** What a new widget begins with: the first metric and dimension of the data that stand where its options ask for them. */
import { controlOf, type FormDataset, type JsonSchema } from "@/components/form/json_schema.ts";

/** Options for a new placement, or what the data lacks for it. Pure. */
export function startingOptions(
  schema: JsonSchema,
  dataset: FormDataset,
): { options: Record<string, unknown> } | { lacks: string } {
  const options: Record<string, unknown> = {};
  const metric = dataset.metrics.find(({ name }) => name === "spend") ?? dataset.metrics[0];
  const dimension = dataset.columns.find(({ role }) => role === "dimension");
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const required = schema.required?.includes(name) ?? false;
    const control = controlOf(field);
    if (control === "dataset") options[name] = dataset.id;
    else if (control === "metric" && (required || name === "metric")) {
      if (!metric) return { lacks: `${dataset.title} has no metric` };
      options[name] = metric.name;
    } else if (control === "dimension" && required) {
      if (!dimension) return { lacks: `${dataset.title} has nothing to break down by` };
      options[name] = dimension.name;
    } else if (control === "markdown") {
      options[name] = metric ? `In this period: **{{${metric.name}}}**` : "Write something";
    }
  }
  return { options };
}
