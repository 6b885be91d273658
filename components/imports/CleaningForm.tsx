import type { CleaningStep, ImportState } from "@/lib/model/mod.ts";

/** What cleaning did, with how often; each step that may change a meaning can be turned off, or a suggestion on. */
export function CleaningForm({ steps, state, action, locale }: {
  steps: CleaningStep[];
  state: ImportState;
  action: string;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale);
  const open = state === "ready" || state === "published";
  const canTurn = open && steps.some((step) => step.canTurn);
  return (
    <section class="card">
      <header class="card__head">
        <h2>Cleaning</h2>
        <span class="card__note">
          {state === "ready" ? "nothing is published yet: turn off what should stay" : "what was done to the cells"}
        </span>
      </header>
      <form method="post" action={action}>
        <ul class="cleaning">
          {steps.map((step, i) => {
            const id = `step-${i}`;
            return (
              <li key={step.id} class="cleaning__step">
                {step.canTurn && open
                  ? (
                    <>
                      <input type="hidden" name="step" value={step.id} />
                      <input
                        id={id}
                        class="cleaning__box"
                        type="checkbox"
                        name="on"
                        value={step.id}
                        checked={step.on}
                      />
                    </>
                  )
                  : <span class="cleaning__mark" aria-hidden="true">{step.on ? "✓" : "–"}</span>}
                <div class="cleaning__words">
                  {step.canTurn && open ? <label for={id}>{step.title}</label> : <span>{step.title}</span>}
                  {step.suggested && <span class="chip chip--info">suggested</span>}
                  <Examples step={step} />
                </div>
                <span class="quiet cleaning__count">
                  {number.format(step.count)} {step.count === 1 ? "cell" : "cells"}
                </span>
              </li>
            );
          })}
        </ul>
        {canTurn && (
          <p class="cleaning__end">
            <button class="button button--small" type="submit" name="action" value="clean">Clean again</button>
            {state === "published" && (
              <span class="quiet">The import is taken back and its file imported once more.</span>
            )}
          </p>
        )}
      </form>
    </section>
  );
}

function Examples({ step: { examples, misfits } }: { step: CleaningStep }) {
  if (examples.length === 0 && misfits.length === 0) return null;
  return (
    <span class="cleaning__examples">
      {examples.slice(0, 3).map(({ from, to }, i) => (
        <span key={i}>
          <code>{from}</code> → <code>{to}</code>
        </span>
      ))}
      {misfits.slice(0, 3).map(({ value, fault }, i) => (
        <span key={`misfit-${i}`}>
          <code>{value}</code>: {fault}
        </span>
      ))}
    </span>
  );
}
