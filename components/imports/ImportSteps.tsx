import { Icon } from "../Icon.tsx";
import type { ImportStep } from "./import_words.ts";

const SPOKEN = { done: "done", current: "now", todo: "to do", failed: "stopped here" } as const;

/** The steps of an import in a row. */
export function ImportSteps({ steps }: { steps: ImportStep[] }) {
  return (
    <ol class="steps" aria-label="Steps of the import">
      {steps.map(({ title, state }, i) => (
        <li key={i} class={`steps__step steps__step--${state}`} aria-current={state === "current" ? "step" : undefined}>
          <span class="steps__mark" aria-hidden="true">
            {state === "done" ? <Icon name="check" /> : state === "failed" ? <Icon name="cross" /> : i + 1}
          </span>
          <span class="steps__title">{title}</span>
          <span class="visually-hidden">({SPOKEN[state]})</span>
        </li>
      ))}
    </ol>
  );
}
