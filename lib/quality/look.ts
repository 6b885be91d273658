import type { Dataset } from "@/lib/model/mod.ts";
import type { DatasetRef, DatasetState } from "@/lib/warehouse/mod.ts";
import { daysBetween, shiftDay } from "./days.ts";

/** What every part of the work looks at. */
export interface Look {
  ref: DatasetRef;
  version: number;
  /** The latest year of the data, whole weeks; null without rows. */
  range: { from: string; to: string } | null;
  hasPlatform: boolean;
  /** The day that it is in the dataset's zone. */
  today: string;
}

/** 53 weeks: a year and the week that it began in. */
const DAYS = 371;

/** What to look at, as the dataset stands. Days that lie ahead are left out. */
export function lookAt(workspace: string, dataset: Dataset, state: DatasetState, today: string): Look {
  const to = state.range && state.range.to < today ? state.range.to : today;
  const range = state.range && state.range.from <= to
    ? { from: daysBetween(state.range.from, to) >= DAYS ? shiftDay(to, 1 - DAYS) : state.range.from, to }
    : null;
  return {
    ref: { workspace, dataset },
    version: state.version,
    range,
    hasPlatform: dataset.columns.some(({ name }) => name === "platform"),
    today,
  };
}
