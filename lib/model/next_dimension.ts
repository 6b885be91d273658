/** Into what a value can be opened: a platform into its campaigns, a month into its days. Pure. */
import type { Column, Dataset } from "./dataset.ts";
import type { Grain } from "./metric_query.ts";

/** What the entities of marketing consist of, by the names that columns have in every dataset. */
const PATHS: readonly (readonly string[])[] = [
  ["platform", "campaign", "ad_group", "ad"],
  ["account", "campaign"],
  ["portfolio", "campaign"],
  ["campaign_type", "campaign"],
  ["objective", "campaign"],
  ["keyword", "search_term"],
  ["channel_group", "source", "medium", "campaign"],
  ["channel", "source", "medium", "campaign"],
  ["country", "region", "city"],
  ["category", "product"],
  ["url_host", "url_path"],
];

const FINER: Partial<Record<Grain, Grain>> = { year: "month", quarter: "month", month: "day", week: "day" };

/** Columns that a level always has besides its own. */
const ALWAYS = new Set(["platform", "account", "account_id"]);

/**
 * The dimension that a value of `field` is opened into, or null where nothing finer is known. `levels` are those that
 * hold rows: a breakdown is offered only where one of them has it together with all fields that are held fixed.
 */
export function nextDimension(
  dataset: Pick<Dataset, "columns">,
  levels: readonly { columns: readonly string[] }[],
  field: string,
  held: readonly string[] = [],
): Column | null {
  const columns = new Map(dataset.columns.map((column) => [column.name, column]));
  const inLevel = (name: string, level: { columns: readonly string[] }) =>
    ALWAYS.has(name) || columns.get(name)?.identity === false || level.columns.includes(name);
  for (const path of PATHS) {
    const at = path.indexOf(field);
    if (at < 0) continue;
    for (const name of path.slice(at + 1)) {
      const column = columns.get(name);
      const fields = [name, field, ...held];
      if (column && levels.some((level) => fields.every((one) => inLevel(one, level)))) return column;
    }
  }
  return null;
}

/** The calendar unit that a period is opened into; null for days. */
export function finerGrain(grain: Grain): Grain | null {
  return FINER[grain] ?? null;
}
