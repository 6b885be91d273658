/** What stood out as data: of each day the costliest anomaly, as a bar of money up or down. */
import { nextPeriod } from "@/lib/format/mod.ts";
import type { AnomaliesAnswer, ShownAnomaly } from "@/lib/model/mod.ts";
import type { ChartColor, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { AnomalyTimelineOptions } from "./options.ts";

/** The chart's part of the tile; the list stands beneath. */
const PART = 0.42;
/** What one bar is of. */
type Group = "day" | "level" | "aside";
const GROUPS: { group: Group; name: string; color: ChartColor }[] = [
  { group: "day", name: "One day", color: 3 },
  { group: "level", name: "New level, each day", color: 2 },
  { group: "aside", name: "Put aside", color: "rest" },
];

/** The anomalies that are shown: those that stand, and with `aside` those that were put aside. */
export function shownAnomalies(
  answer: AnomaliesAnswer | undefined,
  { aside }: Pick<AnomalyTimelineOptions, "aside">,
): ShownAnomaly[] {
  return (answer?.anomalies ?? []).filter(({ state, dismissed }) => dismissed ? aside : state === "open");
}

/** The currency that most of what is shown is worth in: amounts in others are not drawn beside it. */
export function drawnCurrency(shown: readonly ShownAnomaly[]): string | null {
  const groups = [...Map.groupBy(shown.filter(({ worth }) => worth), ({ worth }) => worth?.currency ?? null)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}

/** The chart; null where nothing of what is shown has a price. */
export function anomalyTimelineChart({ options, anomalies }: ChartInput<AnomalyTimelineOptions>): ChartSpec | null {
  const answer = anomalies?.main;
  if (!options.chart || !answer?.range) return null;
  const shown = shownAnomalies(answer, options);
  const currency = drawnCurrency(shown);
  // What is part of what, and clicks beside the spend they cost, are the same money seen twice: a day has one bar.
  const days = new Map<string, ShownAnomaly>();
  for (const one of shown) {
    if (!one.worth || one.worth.currency !== currency) continue;
    const known = days.get(one.day)?.worth?.amount ?? 0;
    if (Math.abs(one.worth.amount) > Math.abs(known)) days.set(one.day, one);
  }
  if (days.size === 0) return null;
  const labels: string[] = [];
  for (let day = answer.range.from; day <= answer.range.to; day = nextPeriod(day, "day")) labels.push(day);
  const present = GROUPS.filter(({ group }) => [...days.values()].some((one) => groupOf(one) === group));
  return {
    type: "cartesian",
    labels,
    time: "day",
    range: answer.range,
    stacked: true,
    part: PART,
    series: present.map(({ group, name, color }) => ({
      name,
      kind: "bar",
      color,
      format: "currency",
      values: labels.map((day) => {
        const one = days.get(day);
        return one && groupOf(one) === group ? one.worth?.amount ?? null : null;
      }),
    })),
    currency,
  };
}

function groupOf({ kind, dismissed }: ShownAnomaly): Group {
  return dismissed ? "aside" : kind;
}
