import { formatRange } from "@/lib/format/mod.ts";
import type { AnomaliesAnswer } from "@/lib/model/mod.ts";

/** Why there is no anomaly to see: no data, too little of it, not looked at yet, or nothing that stands out. */
export function NothingStandsOut({ answer, locale }: { answer: AnomaliesAnswer | undefined; locale: string }) {
  const { range, watch } = answer ?? {};
  if (!range) {
    return (
      <div class="tile__state">
        <p>
          <strong>No data yet.</strong> Drop an export of an ad platform and this tile fills itself.
        </p>
        <a class="button button--quiet" href="/data">Add data</a>
      </div>
    );
  }
  if (!watch) {
    return (
      <div class="tile__state">
        <p>
          <strong>Not looked at yet.</strong> What stands out is looked for after each import and every night.
        </p>
      </div>
    );
  }
  const { have, need, series } = watch;
  if (have < need) {
    const missing = need - have;
    return (
      <div class="tile__state">
        <p>
          <strong>Too little data to know what is usual.</strong> There {have === 1 ? "is" : "are"} {have} of the {need}
          {" "}
          days with final numbers that it takes; {missing} more {missing === 1 ? "is" : "are"} needed.
        </p>
        <progress max={need} value={have} aria-label={`${have} of ${need} days`} />
      </div>
    );
  }
  return (
    <div class="tile__state">
      <p>
        <strong>
          Nothing stands out from {formatRange(range.from, range.to, { locale, year: true })}.
        </strong>{" "}
        {series} {series === 1 ? "series was" : "series were"} looked at.
      </p>
    </div>
  );
}
