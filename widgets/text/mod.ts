/** Words with live numbers in them. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { namedMetrics } from "./metric_tokens.ts";
import { textOptions } from "./options.ts";
import View from "./View.tsx";

/** The text. */
export default defineWidget({
  kind: "text",
  title: "Text",
  description: "Markdown with live numbers: {{spend}}, {{roas:compare}}",
  options: textOptions,
  size: { columns: 4, rows: 2 },
  queries: ({ text, dataset }): Record<string, WidgetQuestion> => {
    const metrics = namedMetrics(text);
    if (metrics.length === 0) return {};
    return { main: { kind: "metric", query: { dataset, metrics, totals: true } } };
  },
  View,
});
