/** The rules of a dataset, changed in place. Nothing holds before it is saved. */
import { useSignal } from "@preact/signals";
import {
  EMPTY_FORM,
  type RuleColumn,
  type RuleForm,
  ruleOf,
  rulesToSave,
  type ShownRule,
} from "@/components/rules/editor.ts";
import { NewRule } from "@/components/rules/NewRule.tsx";
import { RuleRow } from "@/components/rules/RuleRow.tsx";
import { saveDefinition } from "@/components/rules/save.ts";
import type { Rule } from "@/lib/model/mod.ts";
import { ScrollTable } from "@/components/ScrollTable.tsx";

/** What the page hands over; JSON only. */
export interface RulesEditorProps {
  dataset: { id: string; columns: RuleColumn[] };
  /** Every rule: the dataset's own first, then those that its columns imply as they stand now. */
  rules: ShownRule[];
  /** What the columns imply by themselves. */
  implied: Rule[];
  datasets: { id: string; title: string; columns: { name: string; title: string }[] }[];
}

export default function RulesEditor({ dataset, rules, implied, datasets }: RulesEditorProps) {
  const shown = useSignal(rules);
  const form = useSignal<RuleForm>(EMPTY_FORM);
  const lacks = useSignal("");
  const state = useSignal<{ at: "saved" | "changed" | "saving"; problem?: string; said?: string }>({ at: "saved" });
  const change = (next: ShownRule[]) => {
    shown.value = next;
    state.value = { at: "changed" };
  };

  function add(): void {
    const made = ruleOf(form.value, shown.value.map(({ rule }) => rule.id));
    if ("lacks" in made) return void (lacks.value = made.lacks);
    lacks.value = "";
    form.value = { ...EMPTY_FORM, kind: form.value.kind };
    change([...shown.value.filter(({ implied }) => !implied), { rule: made.rule, implied: false }, ...impliedShown()]);
  }

  async function save(): Promise<void> {
    state.value = { at: "saving" };
    const path = `/api/datasets/${encodeURIComponent(dataset.id)}/rules`;
    const problem = await saveDefinition(path, { rules: rulesToSave(shown.value, implied) });
    state.value = problem ? { at: "changed", problem } : { at: "saved", said: "Saved: it holds for the next import" };
  }

  const impliedShown = () => shown.value.filter(({ implied }) => implied);
  const table = (list: ShownRule[], caption: string) => (
    <ScrollTable
      label={caption}
      class="rules"
      columns={["Rule", "Where it is broken", { title: "In more rows than", class: "number" }, {
        title: <span class="visually-hidden">On, remove</span>,
      }]}
    >
      {list.map((one) => (
        <RuleRow
          key={one.rule.id}
          shown={one}
          columns={dataset.columns}
          onChange={(part) =>
            change(shown.value.map((other) => other === one ? { ...one, rule: { ...one.rule, ...part } } : other))}
          onRemove={() => change(shown.value.filter((other) => other !== one))}
        />
      ))}
    </ScrollTable>
  );
  const own = shown.value.filter(({ implied }) => !implied);
  const { at, problem, said } = state.value;
  return (
    <div class="rules-editor">
      {own.length > 0 ? table(own, "Rules") : <p class="quiet">No rules besides those that the columns bring.</p>}
      <NewRule form={form} columns={dataset.columns} datasets={datasets} problem={lacks.value} onAdd={add} />
      <details class="rules-editor__implied">
        <summary>Rules that the columns bring ({impliedShown().length})</summary>
        {table(impliedShown(), "Rules that the columns bring")}
      </details>
      <div class="rules-editor__end">
        <button
          type="button"
          class="button button--primary"
          aria-disabled={at !== "changed"}
          onClick={() => at === "changed" && void save()}
        >
          {at === "saving" ? "Saving …" : "Save the rules"}
        </button>
        <p role="status" class="quiet">{at === "changed" && !problem ? "Not saved yet" : said ?? ""}</p>
        {problem && <p class="new-rule__problem" role="alert">{problem}</p>}
      </div>
    </div>
  );
}
