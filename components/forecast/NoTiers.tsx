import type { TiersAnswer } from "@/lib/model/mod.ts";
import { accuracyText } from "./TiersTable.tsx";

/** Why there are no tiers to see: not looked at, too little data, or not right often enough to be worth showing. */
export function NoTiers({ answer, locale }: { answer: TiersAnswer | undefined; locale: string }) {
  if (answer?.state === "ready") {
    return (
      <div class="tile__state">
        <p>
          <strong>These campaigns do not tell what becomes of them.</strong> Looking back, tiers were{" "}
          {accuracyText(answer.accuracy, locale)}: that is no help, so they are not shown.
        </p>
      </div>
    );
  }
  if (answer?.state === "too-little") {
    const { have, need, known, needKnown } = answer;
    const [missing, more] = [Math.max(0, need - have), Math.max(0, needKnown - known)];
    const lacks = [
      ...missing > 0 ? [`${missing} more days with final numbers (${have} of ${need})`] : [],
      ...more > 0 ? [`${more} more periods of campaigns whose end is known (${known} of ${needKnown})`] : [],
    ];
    return (
      <div class="tile__state">
        <p>
          <strong>Too little data to learn from yet.</strong>{" "}
          {lacks.length > 0 ? `It takes ${lacks.join(" and ")}.` : "It takes some more weeks to test what was learned."}
        </p>
        <progress max={needKnown} value={known} aria-label={`${known} of ${needKnown} periods of campaigns`} />
      </div>
    );
  }
  return (
    <div class="tile__state">
      <p>
        <strong>Nothing told yet.</strong>{" "}
        Tiers are told every night and after imports, from campaigns with spend and clicks.
      </p>
    </div>
  );
}
