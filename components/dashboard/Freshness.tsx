import { formatPeriod } from "@/lib/format/mod.ts";
import type { LoadedDashboard } from "@/lib/dashboard/load_dashboard.ts";

/** Platforms restate and exports are weekly: older than this, somebody should look. */
const OLD_DAYS = 8;

/** How far the data reaches, in words and with a dot. */
export function Freshness(
  { through, daysOld, platforms, locale }: LoadedDashboard["freshness"] & { locale: string },
) {
  if (through === null) return <>No data yet</>;
  const isOld = daysOld > OLD_DAYS;
  return (
    <span class="health">
      <span class={isOld ? "dot dot--warn" : "dot dot--good"} aria-hidden="true" />
      Data through {formatPeriod(through, "day", { locale, year: isOld })}
      {platforms > 0 && ` · ${platforms} ${platforms === 1 ? "platform" : "platforms"}`}
      {isOld && ` · nothing newer for ${daysOld} days`}
    </span>
  );
}
