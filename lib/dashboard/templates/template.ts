/** What a template is: the rows of a dashboard for one goal, over datasets by the role they play. Pure. */
import type { Dashboard, Filter } from "@/lib/model/mod.ts";

/** One tile. `options.dataset` names a role: the built-in dataset whose words the tile uses. */
export interface TemplateTile {
  id: string;
  widget: string;
  title: string;
  /** Share of its row; what a row's tiles have together becomes the grid's twelve columns. */
  width: number;
  options: { dataset: string; [option: string]: unknown };
}

/** Tiles side by side. */
export interface TemplateRow {
  /** Grid rows. */
  height: number;
  tiles: TemplateTile[];
}

/** A dashboard for a goal, before it is known what data there is. */
export interface Template {
  id: string;
  title: string;
  /** What somebody wants who chooses it. */
  goal: string;
  defaults: Dashboard["defaults"];
  /** Always applied, where the dataset has those columns. */
  filters?: Filter;
  /** What the filter bar offers, of which role. */
  filterBar: { dataset: string; dimensions: string[] };
  rows: TemplateRow[];
}

/** A row of numbers, one KPI card each. */
export function numbers(dataset: string, metrics: [metric: string, title: string, dataset?: string][]): TemplateRow {
  return {
    height: 2,
    tiles: metrics.map(([metric, title, other = dataset]) => ({
      id: `number-${metric.replaceAll("_", "-")}`,
      widget: "kpi",
      title,
      width: 3,
      options: { dataset: other, metric },
    })),
  };
}
