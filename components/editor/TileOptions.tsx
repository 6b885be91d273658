/** The options of a tile, with the formulas that its metrics may be chosen from: kept in the tile, or saved for all. */
import { useRef, useState } from "preact/hooks";
import type { FormChange } from "@/components/form/form_fields.ts";
import type { FormDataset } from "@/components/form/json_schema.ts";
import { OptionsForm } from "@/components/form/OptionsForm.tsx";
import { formulaWords } from "@/components/metrics/completions.ts";
import { type FormulaAction, FormulaForm, type WrittenMetric } from "@/components/metrics/FormulaForm.tsx";
import { saveMetric } from "@/components/metrics/send_metric.ts";
import type { DashboardCommand } from "@/lib/model/dashboard_commands.ts";
import type { Column, InlineMetric, Placement } from "@/lib/model/mod.ts";
import type { WidgetManifest } from "@/lib/widget/mod.ts";
import type { EditorSession } from "./editor_session.ts";
import { isTypingNow } from "./editor_keys.ts";

/** What the part needs. */
export interface TileOptionsProps {
  session: EditorSession;
  placement: Placement;
  manifest: WidgetManifest;
  datasets: FormDataset[];
  locale: string;
}

/** A formula that is being written: of which data, and who is told its name. */
interface Writing {
  dataset: string;
  /** The formula that is changed; a new one without it. */
  kept?: InlineMetric;
  use(name: string): void;
}

/** The part. */
export function TileOptions({ session, placement, manifest, datasets, locale }: TileOptionsProps) {
  const { id, title, widget, options, formulas = [] } = placement;
  const [writing, setWriting] = useState<Writing | null>(null);
  // What is done as one step with the change of options that follows at once.
  const ahead = useRef<{ words: string; commands: DashboardCommand[] } | null>(null);
  const list = useRef<HTMLElement>(null);

  const change = (change: FormChange) => {
    const command: DashboardCommand = { type: "change", id, part: "options", ...change };
    if (!ahead.current) return session.do(command, { typed: isTypingNow() });
    ahead.current.commands.push(command);
  };
  const together = (words: string, commands: DashboardCommand[], then: () => void) => {
    ahead.current = { words, commands };
    then();
    session.do({ type: "batch", words, commands });
    ahead.current = null;
    setWriting(null);
    requestAnimationFrame(() => list.current?.focus());
  };
  const setFormulas = (next: InlineMetric[]): DashboardCommand => ({
    type: "change",
    id,
    part: "placement",
    ...next.length > 0 ? { set: { formulas: next }, unset: [] } : { set: {}, unset: ["formulas"] },
  });
  const others = (name: string) => formulas.filter((one) => one.name !== name);
  const keep = ({ use }: Writing): FormulaAction => ({
    words: "Keep in this tile",
    act(written) {
      const metric = inlineOf(written);
      const at = formulas.findIndex(({ name }) => name === metric.name);
      const next = at < 0 ? [...formulas, metric] : formulas.with(at, metric);
      const words = `Formula “${written.title}” kept in “${title || widget}”`;
      together(words, [setFormulas(next)], () => use(metric.name));
      return "";
    },
  });
  const saveForAll = ({ dataset, kept, use }: Writing): FormulaAction => ({
    words: "Save for all",
    async act(written) {
      const problem = await saveMetric(dataset, written);
      if (problem) return problem;
      await session.onMetrics();
      const saved: DashboardCommand = { type: "metric", act: "save", dataset, metric: inlineOf(written) };
      const commands = kept ? [saved, setFormulas(others(kept.name))] : [saved];
      together(`Metric “${written.title}” saved for all`, commands, () => use(written.name));
      return "";
    },
  });
  const write = (next: Writing) => {
    setWriting(next);
    requestAnimationFrame(() => list.current?.querySelector("input")?.focus());
  };
  const dataset = writing && datasets.find((one) => one.id === writing.dataset);
  return (
    <>
      <OptionsForm
        schema={manifest.options}
        value={options}
        ground={{
          datasets,
          locale,
          formulas: {
            list: formulas.map(({ name, title = name }) => ({ name, title })),
            write: (dataset, use) => write({ dataset, use }),
          },
        }}
        prefix="option"
        onChange={change}
      />
      {(formulas.length > 0 || writing) && (
        <section ref={list} class="tile-formulas" aria-labelledby="tile-formulas" tabIndex={-1}>
          <h3 id="tile-formulas">{writing && !writing.kept ? "A new formula" : "Formulas of this tile"}</h3>
          {writing && dataset
            ? (
              <FormulaForm
                key={writing.kept?.name ?? ""}
                dataset={dataset.id}
                words={wordsOf(dataset, datasets)}
                locale={locale}
                start={writing.kept}
                taken={writing.kept ? [] : takenIn(dataset, formulas)}
                actions={[keep(writing), saveForAll(writing)]}
                onCancel={() => setWriting(null)}
              />
            )
            : (
              <ul class="tile-formulas__list">
                {formulas.map((formula) => (
                  <li key={formula.name}>
                    <span>
                      {formula.title ?? formula.name} <code>{formula.formula}</code>
                    </span>
                    <button
                      type="button"
                      class="button button--small"
                      aria-label={`Change ${formula.title ?? formula.name}`}
                      onClick={() => write({ dataset: String(asked(manifest, options)), kept: formula, use() {} })}
                    >
                      Change
                    </button>
                    <button
                      type="button"
                      class="button button--small"
                      aria-label={`Remove ${formula.title ?? formula.name}`}
                      onClick={() =>
                        together(
                          `Formula “${formula.title ?? formula.name}” removed`,
                          [setFormulas(others(formula.name))],
                          () => {},
                        )}
                    >
                      Remove
                    </button>
                  </li>
                ))}
              </ul>
            )}
        </section>
      )}
    </>
  );
}

/** The data that options ask. */
export function asked(manifest: WidgetManifest | undefined, options: Record<string, unknown>): unknown {
  const { properties } = (manifest?.options ?? {}) as { properties?: { dataset?: { default?: unknown } } };
  return options.dataset ?? properties?.dataset?.default;
}

function inlineOf({ name, title, formula, format, better }: WrittenMetric): InlineMetric {
  return { name, title, formula, ...format ? { format } : {}, ...better === "none" ? {} : { better } };
}

function takenIn({ columns, metrics }: FormDataset, formulas: InlineMetric[]): string[] {
  return [...columns, ...metrics, ...formulas].map(({ name }) => name);
}

function wordsOf(dataset: FormDataset, datasets: FormDataset[]) {
  const known = ({ id, title, metrics }: FormDataset) => ({
    id,
    title,
    metrics: metrics.map(({ name, title, formula = "" }) => ({ name, title, formula })),
  });
  const columns = dataset.columns as Pick<Column, "name" | "title" | "role" | "additive">[];
  return formulaWords({ ...known(dataset), columns }, datasets.filter(({ id }) => id !== dataset.id).map(known));
}
