/** A score from 0 to 100 as a bar, drawn and not styled: its length is an attribute. The number stands beside it. */
export function Meter({ score }: { score: number }) {
  return (
    <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="meter__track" width="100" height="8" rx="2" />
      <rect class={`meter__value meter__value--${toneOf(score)}`} width={Math.max(0, score)} height="8" rx="2" />
    </svg>
  );
}

/** What a score means in one word for colours. */
export function toneOf(score: number): "good" | "warn" | "bad" {
  return score >= 90 ? "good" : score >= 70 ? "warn" : "bad";
}
