import type { ForecastAnswer } from "@/lib/model/mod.ts";

/** A tile without a forecast: why, and how much more data it takes. */
export function NoForecast({ answer }: { answer: ForecastAnswer | undefined }) {
  const refused = answer?.state === "refused" ? answer : undefined;
  const { have, need } = refused ?? {};
  return (
    <div class="tile__state">
      <p>
        <strong>{have === undefined ? "This cannot be forecast." : "Too little data to forecast yet."}</strong>{" "}
        {refused?.message ?? "Choose a metric."}
      </p>
      {have !== undefined && need !== undefined && (
        <progress max={need} value={have} aria-label={`${have} of ${need} periods`} />
      )}
    </div>
  );
}
