import type { Signal } from "@preact/signals";
import type { RuleKind } from "@/lib/model/mod.ts";
import { columnsFor, KIND_WORDS, type RuleColumn, type RuleForm } from "./editor.ts";

/** The form of a new rule: it reads as a sentence. */
export function NewRule({ form, columns, datasets, problem, onAdd }: {
  form: Signal<RuleForm>;
  columns: RuleColumn[];
  /** Other datasets, for rules that look into them. */
  datasets: { id: string; title: string; columns: { name: string; title: string }[] }[];
  problem: string;
  onAdd(): void;
}) {
  const now = form.value;
  const set = (change: Partial<RuleForm>) => form.value = { ...now, ...change };
  const about = columnsFor(now.kind, columns);
  const number = now.kind === "usual" ? "Percent off at most" : now.kind === "fresh" ? "Days old at most" : null;
  return (
    <div class="new-rule">
      <div class="new-rule__fields">
        {about.length > 0 && (
          <Pick
            label="What"
            value={now.column}
            onPick={(column) => set({ column })}
            options={about.map(named)}
          />
        )}
        <label class="field">
          <span class="field__label">Rule</span>
          <select
            class="select"
            value={now.kind}
            onChange={(event) => {
              const kind = event.currentTarget.value as RuleKind;
              const still = columnsFor(kind, columns).some(({ name }) => name === now.column);
              set({ kind, column: still ? now.column : "" });
            }}
          >
            {KIND_WORDS.map(({ kind, title }) => <option key={kind} value={kind}>{title}</option>)}
          </select>
        </label>
        {now.kind === "range" && (
          <>
            <Text label="Least" value={now.min} onText={(min) => set({ min })} />
            <Text label="Greatest" value={now.max} onText={(max) => set({ max })} />
          </>
        )}
        {now.kind === "pattern" && (
          <Text
            label="Regular expression"
            value={now.pattern}
            onText={(pattern) => set({ pattern })}
          />
        )}
        {now.kind === "one-of" && (
          <label class="field">
            <span class="field__label">Values, one a line</span>
            <textarea
              class="input"
              rows={3}
              value={now.values}
              onInput={(event) => set({ values: event.currentTarget.value })}
            />
          </label>
        )}
        {now.kind === "sum-of-parts" && (
          <Pick
            label="Of"
            value={now.whole}
            onPick={(whole) => set({ whole })}
            options={about.filter(({ name }) => name !== now.column).map(named)}
          />
        )}
        {now.kind === "related" && (
          <>
            <Pick
              label="Other data"
              value={now.dataset}
              onPick={(dataset) => set({ dataset, other: "" })}
              options={datasets.map(({ id, title }) => ({ value: id, title }))}
            />
            <Pick
              label="Its column"
              value={now.other}
              onPick={(other) => set({ other })}
              options={(datasets.find(({ id }) => id === now.dataset)?.columns ?? []).map(named)}
            />
          </>
        )}
        {number && <Text label={number} value={now.number} onText={(text) => set({ number: text })} />}
      </div>
      <div class="new-rule__end">
        <button type="button" class="button" onClick={onAdd}>Add the rule</button>
        {problem && <p class="new-rule__problem" role="alert">{problem}</p>}
      </div>
    </div>
  );
}

function named({ name, title }: { name: string; title: string }): { value: string; title: string } {
  return { value: name, title };
}

function Pick({ label, value, options, onPick }: {
  label: string;
  value: string;
  options: { value: string; title: string }[];
  onPick(value: string): void;
}) {
  return (
    <label class="field">
      <span class="field__label">{label}</span>
      <select class="select" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">Choose …</option>
        {options.map(({ value, title }) => <option key={value} value={value}>{title}</option>)}
      </select>
    </label>
  );
}

function Text({ label, value, onText }: { label: string; value: string; onText(text: string): void }) {
  return (
    <label class="field">
      <span class="field__label">{label}</span>
      <input class="input" type="text" value={value} onInput={(event) => onText(event.currentTarget.value)} />
    </label>
  );
}
