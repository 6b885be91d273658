/** The days that came out otherwise than expected, with what that is worth, and the way to put one aside. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { anomalyTimelineChart } from "./chart.ts";
import { anomalyTimelineOptions } from "./options.ts";
import View from "./View.tsx";

/** The anomaly timeline. */
export default defineWidget({
  kind: "anomaly-timeline",
  title: "What stands out",
  description: "Days far off what was expected and new levels, with what they are worth and where they come from",
  options: anomalyTimelineOptions,
  size: { columns: 6, rows: 5 },
  queries: ({ dataset, only, of, within, days }): Record<string, WidgetQuestion> => ({
    main: { kind: "anomalies", query: { dataset, metric: only, of, filters: within, days } },
  }),
  compares: () => false,
  chart: anomalyTimelineChart,
  View,
});
