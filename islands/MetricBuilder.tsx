/** A metric made of a formula: completed while it is typed, its number seen live, saved to the dataset for everybody. */
import { useSignal } from "@preact/signals";
import type { FormulaWord } from "@/components/metrics/completions.ts";
import { FormulaForm } from "@/components/metrics/FormulaForm.tsx";
import { saveMetric, takeMetric } from "@/components/metrics/send_metric.ts";
import type { Metric } from "@/lib/model/mod.ts";

/** What the page hands over; JSON only. */
export interface MetricBuilderProps {
  dataset: { id: string; title: string };
  words: FormulaWord[];
  /** Metrics that were added to the dataset. */
  added: Pick<Metric, "name" | "title">[];
  locale: string;
}

export default function MetricBuilder({ dataset, words, added, locale }: MetricBuilderProps) {
  const problem = useSignal("");
  /** The list and every offer of the page hold it then. */
  const shown = (said: string) => {
    if (said === "") location.reload();
    return said;
  };
  return (
    <div class="metric-builder">
      <FormulaForm
        dataset={dataset.id}
        words={words}
        locale={locale}
        actions={[{
          words: "Save for all",
          act: async (metric) => shown(await saveMetric(dataset.id, metric)),
        }]}
      />
      {problem.value && <p class="formula__problem" role="alert">{problem.value}</p>}
      {added.length > 0 && (
        <ul class="metric-builder__added" aria-label="Added metrics">
          {added.map(({ name, title }) => (
            <li key={name}>
              {title} <code>{name}</code>
              <button
                type="button"
                class="button button--small"
                aria-label={`Remove ${title}`}
                onClick={async () => problem.value = shown(await takeMetric(dataset.id, name))}
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
