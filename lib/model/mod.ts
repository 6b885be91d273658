/**
 * The nouns of Tessera as zod schemas: one schema gives the type, the check, the form and the documentation.
 * Pure: nothing here opens, reads or writes anything. Read this folder first.
 *
 * It does not hold: how a dataset is stored (`lib/warehouse`), how a formula is read (`lib/query`).
 */
export * from "./ids.ts";
export * from "./new_id.ts";
export * from "./viewer.ts";
export * from "./dataset.ts";
export * from "./header_key.ts";
export * from "./metric_query.ts";
export * from "./metric_result.ts";
export * from "./forecast.ts";
export * from "./accuracy_report.ts";
export * from "./anomaly.ts";
export * from "./tiers.ts";
export * from "./import_job.ts";
export * from "./cleaning.ts";
export * from "./taxonomy.ts";
export * from "./taxonomy_pattern.ts";
export * from "./url_part.ts";
export * from "./rule.ts";
export * from "./rules_of.ts";
export * from "./rule_words.ts";
export * from "./upkeep.ts";
export * from "./part_health.ts";
export * from "./dashboard.ts";
export * from "./tabs.ts";
export * from "./dashboard_commands.ts";
export * from "./tab_commands.ts";
export * from "./commands_between.ts";
export * from "./merge_commands.ts";
export * from "./command_words.ts";
export * from "./command_log.ts";
export * from "./tile_layout.ts";
export * from "./sections.ts";
export * from "./kept_filters.ts";
export * from "./formulas.ts";
export * from "./page_layout.ts";
export * from "./phone_layout.ts";
export * from "./workspace_settings.ts";
export * from "./page_filters.ts";
export * from "./page_filters_text.ts";
export * from "./next_dimension.ts";
