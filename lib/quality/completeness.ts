import type { Column } from "@/lib/model/mod.ts";
import type { Warehouse } from "@/lib/warehouse/mod.ts";
import { shiftDay } from "./days.ts";
import type { ColumnCompleteness } from "./quality.ts";
import type { Look } from "./look.ts";

/** A column that fewer of a platform's rows fill says something of a kind of row (video), and is not missing elsewhere. */
const EXPECTED_SHARE = 0.5;

/** The latest days that are looked at: every column of every row is counted, so not all of a year. */
const DAYS = 91;

/** How full the columns are that a platform brings: one that never has a column is not blamed for it. */
export async function readCompleteness(warehouse: Warehouse, look: Look): Promise<ColumnCompleteness[]> {
  const { ref, version, range } = look;
  const columns = ref.dataset.columns.filter(isLookedAt);
  if (!range || columns.length === 0) return [];
  const { rows } = await warehouse.query(ref, {
    version,
    from: [range.from, shiftDay(range.to, 1 - DAYS)].toSorted().at(-1)!,
    to: range.to,
    groups: look.hasPlatform ? [{ id: "platform", column: "platform" }] : [],
    aggregates: [
      { id: "rows", fn: "count_rows" },
      ...columns.map(({ name }) => ({ id: `n_${name}`, fn: "count" as const, column: name })),
    ],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
  });
  return columns.flatMap(({ name, title }) => {
    const brought = rows.map((row) => ({
      platform: String(row.platform ?? ""),
      rows: Number(row.rows ?? 0),
      filled: Number(row[`n_${name}`] ?? 0),
    })).filter(({ filled }) => filled > 0);
    if (brought.length === 0) return [];
    const mostly = brought.filter(({ rows, filled }) => filled >= rows * EXPECTED_SHARE);
    const counting = mostly.length ? mostly : brought;
    const total = (of: "rows" | "filled") => counting.reduce((sum, platform) => sum + platform[of], 0);
    const lacking = counting.filter(({ rows, filled }) => filled < rows)
      .toSorted((a, b) => a.filled / a.rows - b.filled / b.rows);
    return [{
      column: name,
      title,
      rows: total("rows"),
      filled: total("filled"),
      lacking,
      optional: mostly.length === 0,
    }];
  });
}

/** What rows say, not what tells them apart: a level has its columns or lacks them. */
function isLookedAt(column: Column): boolean {
  return column.role === "measure" || column.name === "currency";
}
