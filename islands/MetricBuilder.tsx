/** A metric made of a formula: completed while it is typed, its number seen live, saved to the dataset for everybody. */
import { useSignal } from "@preact/signals";
import { type FormulaWord, metricName } from "@/components/metrics/completions.ts";
import { FormulaField } from "@/components/metrics/FormulaField.tsx";
import { useLiveNumber } from "@/components/metrics/use_live_number.ts";
import type { Metric, MetricFormat } from "@/lib/model/mod.ts";

/** What the page hands over; JSON only. */
export interface MetricBuilderProps {
  dataset: { id: string; title: string };
  words: FormulaWord[];
  /** Metrics that were added to the dataset. */
  added: Pick<Metric, "name" | "title">[];
  locale: string;
}

const FORMATS: [MetricFormat | "", string][] = [
  ["", "as it comes out"],
  ["integer", "a whole number"],
  ["decimal", "a number"],
  ["currency", "an amount of money"],
  ["percent", "a percentage"],
  ["ratio", "a ratio"],
  ["seconds", "a length of time"],
];

export default function MetricBuilder({ dataset, words, added, locale }: MetricBuilderProps) {
  const title = useSignal("");
  const formula = useSignal("");
  const format = useSignal<MetricFormat | "">("");
  const better = useSignal<"none" | "up" | "down">("none");
  const problem = useSignal("");
  const saving = useSignal(false);
  const live = useLiveNumber(dataset.id, formula.value, locale);
  const name = metricName(title.value);
  const path = `/api/datasets/${encodeURIComponent(dataset.id)}/metrics`;

  async function send(path: string, init: RequestInit): Promise<void> {
    saving.value = true;
    problem.value = "";
    try {
      const response = await fetch(path, { headers: { "content-type": "application/json" }, ...init });
      if (response.ok) return location.reload(); // the list and every offer of the page hold it then
      const { detail } = await response.json() as { detail?: string };
      problem.value = detail ?? `The server answered ${response.status}`;
    } catch {
      problem.value = "The server cannot be reached. Is it running?";
    }
    saving.value = false;
  }

  const save = (event: Event) => {
    event.preventDefault();
    if (name === "") return void (problem.value = "Give it a title with letters in it");
    const metric = {
      name,
      title: title.value.trim(),
      formula: formula.value.trim(),
      better: better.value,
      ...(format.value ? { format: format.value } : {}),
    };
    void send(path, { method: "POST", body: JSON.stringify(metric) });
  };
  return (
    <div class="metric-builder">
      <form class="metric-builder__form" onSubmit={save}>
        <label class="field">
          <span class="field__label">Title</span>
          <input
            class="input"
            type="text"
            required
            maxLength={100}
            value={title.value}
            onInput={(event) => title.value = event.currentTarget.value}
          />
          <span class="field__hint">
            {name
              ? (
                <>
                  Formulas call it <code>{name}</code>
                </>
              )
              : "As charts and tables show it"}
          </span>
        </label>
        <FormulaField
          value={formula.value}
          words={words}
          problem={live.state === "wrong" ? live.problem : ""}
          onChange={(next) => formula.value = next}
        />
        <div class="metric-builder__choices">
          <label class="field">
            <span class="field__label">Written as</span>
            <select
              class="select"
              value={format.value}
              onChange={(event) => format.value = event.currentTarget.value as MetricFormat | ""}
            >
              {FORMATS.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
            </select>
          </label>
          <label class="field">
            <span class="field__label">Good news is</span>
            <select
              class="select"
              value={better.value}
              onChange={(event) => better.value = event.currentTarget.value as "none" | "up" | "down"}
            >
              <option value="none">neither</option>
              <option value="up">more of it</option>
              <option value="down">less of it</option>
            </select>
          </label>
        </div>
        <p class={`metric-builder__number metric-builder__number--${live.state}`} aria-live="polite">
          <span class="quiet">Over all days</span>
          <strong>{live.values.length > 0 ? live.values.join(" · ") : "–"}</strong>
        </p>
        {problem.value && <p class="formula__problem" role="alert">{problem.value}</p>}
        <button
          type="submit"
          class="button button--primary"
          disabled={saving.value || live.state !== "there" || title.value.trim() === ""}
        >
          Save for all
        </button>
      </form>
      {added.length > 0 && (
        <ul class="metric-builder__added" aria-label="Added metrics">
          {added.map(({ name, title }) => (
            <li key={name}>
              {title} <code>{name}</code>
              <button
                type="button"
                class="button button--small"
                aria-label={`Remove ${title}`}
                disabled={saving.value}
                onClick={() => void send(`${path}/${encodeURIComponent(name)}`, { method: "DELETE" })}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
