/**
 * Metrics that are saved to a dataset while a dashboard is edited. The dashboard stays as it is, so that undo, drafts and
 * merges go on as ever; whoever does or undoes such a command sends what `metricEffects` names. Pure, and free of zod.
 */
import type { DashboardCommand } from "./dashboard_commands.ts";
import type { InlineMetric } from "./metric_query.ts";

/** A metric saved to a dataset for everybody, or taken back. */
export interface MetricCommand {
  type: "metric";
  act: "save" | "take";
  dataset: string;
  metric: InlineMetric;
}

/** What takes a metric command back. */
export function otherWay(command: MetricCommand): MetricCommand {
  return { ...command, act: command.act === "save" ? "take" : "save" };
}

/** What a command does to datasets, in order. */
export function metricEffects(command: DashboardCommand): MetricCommand[] {
  if (command.type === "metric") return [command];
  return command.type === "batch" ? command.commands.flatMap(metricEffects) : [];
}
