/** A metric made of a formula: completed while it is typed, its number seen live. What becomes of it is its host's. */
import { useState } from "preact/hooks";
import type { Metric, MetricFormat } from "@/lib/model/mod.ts";
import { type FormulaWord, metricName } from "./completions.ts";
import { FormulaField } from "./FormulaField.tsx";
import { useLiveNumber } from "./use_live_number.ts";

/** A metric as it is written. */
export interface WrittenMetric {
  name: string;
  title: string;
  formula: string;
  better: Metric["better"];
  /** As what comes out where it is left out. */
  format?: MetricFormat;
}

/** What can be done with what was written. */
export interface FormulaAction {
  words: string;
  /** Answers what is wrong, in words; empty where nothing is. */
  act(metric: WrittenMetric): string | Promise<string>;
}

/** What the form needs. */
export interface FormulaFormProps {
  dataset: string;
  words: FormulaWord[];
  locale: string;
  /** What the form begins with. */
  start?: Partial<WrittenMetric>;
  /** Names that are taken. */
  taken?: string[];
  /** The first is what Enter does. */
  actions: FormulaAction[];
  /** Leaves without doing anything; absent where there is nothing to leave. */
  onCancel?(): void;
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

/** The form. */
export function FormulaForm({ dataset, words, locale, start = {}, taken = [], actions, onCancel }: FormulaFormProps) {
  const [title, setTitle] = useState(start.title ?? "");
  const [formula, setFormula] = useState(start.formula ?? "");
  const [format, setFormat] = useState<MetricFormat | "">(start.format ?? "");
  const [better, setBetter] = useState<Metric["better"]>(start.better ?? "none");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const live = useLiveNumber(dataset, formula, locale);
  // What is changed keeps its name: options and other formulas know it by that.
  const name = start.name ?? metricName(title);
  const isTaken = taken.includes(name);

  async function finish({ act }: FormulaAction): Promise<void> {
    if (name === "") return setProblem("Give it a title with letters in it");
    if (isTaken) return setProblem(`There is a metric or column “${name}” already; choose another title`);
    setBusy(true);
    setProblem("");
    const metric = { name, title: title.trim(), formula: formula.trim(), better, ...format ? { format } : {} };
    setProblem(await act(metric));
    setBusy(false);
  }

  const ready = !busy && live.state === "there" && title.trim() !== "";
  return (
    <form
      class="metric-builder__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void finish(actions[0]!);
      }}
    >
      <label class="field">
        <span class="field__label">Title of the metric</span>
        <input
          class="input"
          type="text"
          required
          maxLength={100}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
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
        value={formula}
        words={words}
        problem={live.state === "wrong" ? live.problem : ""}
        onChange={setFormula}
      />
      <div class="metric-builder__choices">
        <label class="field">
          <span class="field__label">Written as</span>
          <select
            class="select"
            value={format}
            onChange={(event) => setFormat(event.currentTarget.value as MetricFormat | "")}
          >
            {FORMATS.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
          </select>
        </label>
        <label class="field">
          <span class="field__label">Good news is</span>
          <select
            class="select"
            value={better}
            onChange={(event) => setBetter(event.currentTarget.value as Metric["better"])}
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
      {problem && <p class="formula__problem" role="alert">{problem}</p>}
      <div class="metric-builder__actions">
        {actions.map((action, index) => (
          <button
            key={action.words}
            type={index === 0 ? "submit" : "button"}
            class={index === 0 ? "button button--primary" : "button"}
            disabled={!ready}
            onClick={index === 0 ? undefined : () => void finish(action)}
          >
            {action.words}
          </button>
        ))}
        {onCancel && <button type="button" class="button button--quiet" onClick={onCancel}>Cancel</button>}
      </div>
    </form>
  );
}
