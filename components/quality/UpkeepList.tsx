import { formatAgo, formatDuration } from "@/lib/format/moment.ts";
import type { UpkeepReport } from "@/lib/model/mod.ts";

/** What upkeep did the last time. */
export function UpkeepList({ report, now, locale }: { report: UpkeepReport; now: Date; locale: string }) {
  return (
    <details class="card card--fold" open={report.steps.some(({ problem }) => problem !== undefined)}>
      <summary>
        <h2>Upkeep</h2>
        <span class="card__note">
          of the stores, {formatAgo(report.id, now, locale)}, took {formatDuration(report.milliseconds, locale)}
        </span>
      </summary>
      <ul class="differences">
        {report.steps.map(({ part, step, did, problem }, at) => (
          <li key={at}>
            <span>{did}</span>
            {problem && <span class="chip chip--bad">{problem}</span>}
            <span class="quiet">{part}, {step}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
