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
  const words = [`Data through ${formatPeriod(through, "day", { locale, year: isOld })}`];
  if (platforms > 0) words.push(`${platforms} ${platforms === 1 ? "platform" : "platforms"}`);
  if (isOld) words.push(`nothing newer for ${daysOld} days`);
  return (
    <span class="health">
      <span class={isOld ? "dot dot--warn" : "dot dot--good"} aria-hidden="true" />
      <span>{words.join(" · ")}</span>
    </span>
  );
}
