/** What came of rules over all tables of a file. */
import { InputError } from "@/lib/errors.ts";
import type { Dataset, RuleOutcome } from "@/lib/model/mod.ts";

/** From what matters least to what matters most. */
const RESULTS: RuleOutcome["result"][] = ["not-checked", "kept", "tolerated", "flagged", "rejected", "failed"];

/** Adds what came of a table. The same rule of the same dataset is one outcome, however many tables it was held against. Pure. */
export function addOutcomes(known: RuleOutcome[], dataset: string, added: RuleOutcome[]): RuleOutcome[] {
  const outcomes = [...known];
  for (const { rule, ...rest } of added) {
    const next = { rule, dataset, ...rest };
    const place = outcomes.findIndex((one) => one.rule === rule && one.dataset === dataset);
    if (place < 0) outcomes.push(next);
    else outcomes[place] = together(outcomes[place]!, next);
  }
  return outcomes;
}

function together(one: RuleOutcome, other: RuleOutcome): RuleOutcome {
  const [less, more] = RESULTS.indexOf(one.result) <= RESULTS.indexOf(other.result) ? [one, other] : [other, one];
  const notes = [...new Set([one, other].filter(({ result }) => result === more.result).map(({ note }) => note))];
  const note = notes.filter((text) => text !== undefined).join("; ");
  const { note: _own, ...rest } = more;
  return { ...rest, broken: less.broken + more.broken, ...(note ? { note } : {}) };
}

/** Throws `InputError` where a rule says that the import must fail. */
export function refuseFailed(datasets: Dataset[], outcomes: RuleOutcome[]): void {
  const failed = outcomes.filter(({ result }) => result === "failed");
  if (failed.length === 0) return;
  const faults = [...Map.groupBy(failed, ({ dataset }) => dataset)].map(([id, rules]) => {
    const title = datasets.find((dataset) => dataset.id === id)?.title ?? id;
    return `it breaks ${rules.map(words).join(" and ")}, and ${title} has the rule to refuse it then`;
  });
  throw new InputError(
    "rule-broken",
    `Cannot import the file: ${faults.join("; ")}; mend the file, or change the rule`,
    { rules: failed.map(({ rule }) => rule) },
  );
}

function words({ title, broken, note, kind }: RuleOutcome): string {
  const things = kind === "usual" ? "days" : "rows";
  return `"${title}" (${broken} ${broken === 1 ? things.slice(0, -1) : things}${note ? `: ${note}` : ""})`;
}
