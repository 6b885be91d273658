/** What one instance noted today in one workspace. */
import type { TodayCounts } from "./mod.ts";

/** Rows of one import, and the minute they came in. */
export interface ImportCount {
  minute: string;
  rows: number;
}

/** Counts by minute (`HH:MM`) and by import. */
export class DayCounts {
  readonly requests: Map<string, number> = new Map();
  readonly imports: Map<string, ImportCount> = new Map();

  /** A day in UTC, YYYY-MM-DD. */
  constructor(readonly day: string) {}

  /** Sums by minute, as they are told. */
  tell(scope: TodayCounts["scope"]): TodayCounts {
    const rows = new Map<string, number>();
    for (const { minute, rows: count } of this.imports.values()) rows.set(minute, (rows.get(minute) ?? 0) + count);
    return { day: this.day, scope, requests: inOrder(this.requests), rows: inOrder(rows) };
  }
}

/** The day of a moment in UTC, YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The minute of a moment in UTC, HH:MM. */
export function minuteOf(moment: Date): string {
  return moment.toISOString().slice(11, 16);
}

function inOrder(counts: Map<string, number>): TodayCounts["requests"] {
  const minutes = [...counts].map(([minute, count]) => ({ minute, count }));
  return {
    total: minutes.reduce((sum, { count }) => sum + count, 0),
    minutes: minutes.toSorted((a, b) => (a.minute < b.minute ? -1 : 1)),
  };
}
