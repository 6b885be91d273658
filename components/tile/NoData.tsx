import { formatRange } from "@/lib/format/mod.ts";
import type { MetricResult } from "@/lib/model/mod.ts";

/** An empty tile: nothing imported yet (with the way to do it), or nothing in this range. */
export function NoData({ result, what, locale }: { result?: MetricResult; what: string; locale: string }) {
  if (result?.meta.asOf === null) {
    return (
      <div class="tile__state">
        <p>
          <strong>No data yet.</strong> Drop an export of an ad platform and this tile fills itself.
        </p>
        <a class="button button--quiet" href="/data">Add data</a>
      </div>
    );
  }
  const range = result?.meta.range;
  return (
    <div class="tile__state">
      <p>
        <strong>
          No {what} here{range ? ` from ${formatRange(range.from, range.to, { locale, year: true })}` : ""}.
        </strong>{" "}
        Choose a longer range or fewer filters.
      </p>
    </div>
  );
}
