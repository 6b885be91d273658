/** The rules of a dataset, changed in place. Nothing holds before it is saved. */
import { useSignal } from "@preact/signals";
import {
  EMPTY_FORM,
  type RuleColumn,
  type RuleForm,
  ruleOf,
  rulesToSave,
  type ShownRule,
  shownRules,
} from "@/components/rules/editor.ts";
import { NewRule } from "@/components/rules/NewRule.tsx";
import { RuleRow } from "@/components/rules/RuleRow.tsx";
import { Overtaken } from "@/components/rules/Overtaken.tsx";
import { joinLists } from "@/components/rules/join_lists.ts";
import { saveDefinition } from "@/components/rules/save.ts";
import type { Rule } from "@/lib/model/mod.ts";
import { ruleTitle } from "@/lib/model/rule_words.ts";
import { ScrollTable } from "@/components/ScrollTable.tsx";

/** What the page hands over; JSON only. */
export interface RulesEditorProps {
  dataset: { id: string; columns: RuleColumn[] };
  /** The dataset's own rules; one with the id of an implied one stands in its place. */
  rules: Rule[];
  /** Their version: saving over another one is refused. */
  version: string;
  /** What the columns imply by themselves. */
  implied: Rule[];
  datasets: { id: string; title: string; columns: { name: string; title: string }[] }[];
}

export default function RulesEditor({ dataset, rules, version, implied, datasets }: RulesEditorProps) {
  const shown = useSignal(shownRules(rules, implied));
  /** What these changes began with. */
  const base = useSignal({ rules, version });
  const theirs = useSignal<{ rules: Rule[]; version: string } | null>(null);
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
    const part = rulesToSave(shown.value, implied);
    const saved = await saveDefinition(path, { name: "rules", part, version: base.value.version });
    if (saved.at === "failed") return void (state.value = { at: "changed", problem: saved.problem });
    if (saved.at === "overtaken") {
      theirs.value = { rules: saved.theirs, version: saved.version };
      return void (state.value = { at: "changed" });
    }
    base.value = { rules: part, version: saved.version };
    state.value = { at: "saved", said: "Saved: it holds for the next import" };
  }

  /** Goes on from what somebody else saved, with these rules in the place of mine. */
  function goOnFrom(other: { rules: Rule[]; version: string }, mine: Rule[]): void {
    base.value = other;
    shown.value = shownRules(mine, implied);
    theirs.value = null;
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
  const other = theirs.value;
  const joined = other && joinLists(base.value.rules, rulesToSave(shown.value, implied), other.rules);
  return (
    <div class="rules-editor">
      {own.length > 0 ? table(own, "Rules") : <p class="quiet">No rules besides those that the columns bring.</p>}
      <NewRule form={form} columns={dataset.columns} datasets={datasets} problem={lacks.value} onAdd={add} />
      <details class="rules-editor__implied">
        <summary>Rules that the columns bring ({impliedShown().length})</summary>
        {table(impliedShown(), "Rules that the columns bring")}
      </details>
      {other && joined && (
        <Overtaken
          joined={joined}
          what="rules"
          titleOf={(rule) => ruleTitle(rule, dataset)}
          onJoin={() => {
            goOnFrom(other, joined.list);
            void save();
          }}
          onTake={() => {
            goOnFrom(other, other.rules);
            state.value = { at: "saved", said: "Theirs stand here now" };
          }}
        />
      )}
      <div class="rules-editor__end" hidden={other !== null}>
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
