/** Dashboards: stored, loaded with their answers, filtered by what the URL says. */
export * from "./dashboards.ts";
export * from "./load_dashboard.ts";
export * from "./chart_input.ts";
export * from "./versions.ts";
export type { FilledTemplate, Missing } from "./fill_template.ts";
export * from "./start_from_template.ts";
export * from "./new_dashboard.ts";
export * from "./remove_unused_metric.ts";
