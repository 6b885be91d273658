/** Dashboards: stored, loaded with their answers, filtered by what the URL says. */
export * from "./dashboards.ts";
export * from "./load_dashboard.ts";
export * from "./versions.ts";
