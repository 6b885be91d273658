import type { Quality } from "@/lib/quality/quality.ts";
import { Meter, toneOf } from "./Meter.tsx";

const WORDS = { good: "can be relied on", warn: "look at the marked parts", bad: "not to be relied on yet" } as const;

/** The score and its parts, each with its reason and what it counts. */
export function ScoreCard({ quality: { score, parts } }: { quality: Pick<Quality, "score" | "parts"> }) {
  return (
    <section class="card score" aria-labelledby="score">
      <header class="card__head">
        <h2 id="score">Score</h2>
        <span class="card__note">each part with its reason and what it counts</span>
      </header>
      {score !== null && (
        <p class="score__whole">
          <strong>{score}</strong>
          <span class="quiet">of 100</span>
          <span class={`chip chip--${toneOf(score)}`}>{WORDS[toneOf(score)]}</span>
        </p>
      )}
      <dl class="score__parts">
        {parts.map(({ id, title, score, weight, says }) => (
          <div key={id} class="score__part">
            <dt>{title}</dt>
            <dd class="score__number">{score === null ? "–" : score}</dd>
            <dd class="score__meter">{score !== null && <Meter score={score} />}</dd>
            <dd class="score__says">{says}</dd>
            <dd class="score__weight">{weight > 0 ? `counts ${weight} %` : "does not count"}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
