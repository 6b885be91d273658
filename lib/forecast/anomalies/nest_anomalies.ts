/** One day is one anomaly: what a campaign's day adds to the whole's is part of the whole's. Pure. */
import type { Anomaly } from "@/lib/model/mod.ts";

/** Anomalies with `within` set: the open one of the same day, metric and direction that each is part of. */
export function nested(anomalies: readonly Anomaly[]): Anomaly[] {
  const open = anomalies.filter(({ state }) => state === "open");
  const byDay = Map.groupBy(open, ({ day, metric }) => `${day} ${metric.name}`);
  return anomalies.map((one) => {
    if (one.state !== "open") return one.within === null ? one : { ...one, within: null };
    const larger = byDay.get(`${one.day} ${one.metric.name}`)?.filter((other) => covers(other, one)) ?? [];
    const within = larger.toSorted((a, b) => a.scope.length - b.scope.length)[0]?.id ?? null;
    return one.within === within ? one : { ...one, within };
  });
}

/** Whether one anomaly holds another: that of everything, or one whose cause is the other. */
export function covers(
  larger: Anomaly,
  { id, kind, day, metric, currency, scope, actual, expected }: Anomaly,
): boolean {
  if (larger.id === id || larger.kind !== kind || larger.day !== day || larger.metric.name !== metric.name) {
    return false;
  }
  if (larger.currency !== currency || Math.sign(larger.actual - larger.expected) !== Math.sign(actual - expected)) {
    return false;
  }
  if (scope.length === 0) return false;
  if (larger.scope.length === 0) return true;
  const { cause } = larger;
  return cause !== null && scope.length === 1 && scope[0]!.field === cause.field && scope[0]!.value === cause.value;
}
