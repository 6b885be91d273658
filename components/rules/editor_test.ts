import assert from "node:assert/strict";
import { datasetSchema, impliedRules } from "@/lib/model/mod.ts";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { columnsFor, EMPTY_FORM, KIND_WORDS, type RuleForm, ruleOf, rulesToSave } from "./editor.ts";

const FILLED: RuleForm = {
  ...EMPTY_FORM,
  whole: "impressions",
  min: "0",
  max: "1,5",
  pattern: "a+",
  values: "a\n b \n",
  dataset: "orders",
  other: "campaign",
  number: "30",
};

Deno.test("ruleOf() makes rules of every kind that the dataset takes", () => {
  const taken = adsDataset.rules.map(({ id }) => id);
  const rules = KIND_WORDS.map(({ kind }) => {
    const column = columnsFor(kind, adsDataset.columns).find(({ name }) => name !== "impressions")?.name ?? "";
    const made = ruleOf({ ...FILLED, kind, column }, taken);
    assert.ok("rule" in made, kind);
    taken.push(made.rule.id);
    return made.rule;
  });
  assert.equal(new Set(taken).size, taken.length);
  const parsed = datasetSchema.parse({ ...adsDataset, rules: [...adsDataset.rules, ...rules] });
  assert.deepEqual(parsed.rules.slice(adsDataset.rules.length), rules);
});

Deno.test("ruleOf() says what a form lacks", () => {
  for (const { kind } of KIND_WORDS) {
    const made = ruleOf({ ...EMPTY_FORM, kind }, []);
    if (kind === "not-future") assert.ok("rule" in made);
    else assert.ok("lacks" in made && made.lacks.length > 5, kind);
  }
});

Deno.test("rulesToSave() leaves out implied rules that are as their columns say", () => {
  const implied = adsDataset.columns.flatMap(impliedRules);
  const shown = implied.map((rule) => ({ rule, implied: true }));
  assert.deepEqual(rulesToSave(shown, implied), []);
  const changed = { ...implied[3]!, action: "flag" as const };
  shown[3] = { rule: changed, implied: true };
  assert.deepEqual(rulesToSave(shown, implied), [changed]);
});
