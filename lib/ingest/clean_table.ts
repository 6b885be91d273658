import { InputError } from "@/lib/errors.ts";
import type { Dataset, RuleOutcome } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { StagedRows, StagingPlan } from "@/lib/staging/mod.ts";
import { judgeFile } from "./judge_file.ts";
import { ruleFacts } from "./rule_facts.ts";

/** A table that is clean and judged. */
export interface CleanTable {
  staged: StagedRows;
  /** What came of every rule that is the dataset's own or was broken. */
  rules: RuleOutcome[];
}

/** Makes typed rows of a table and holds them, and the table as a whole, against the dataset's rules. */
export async function cleanTable(
  services: Pick<Services, "documents" | "warehouse" | "staging" | "clock">,
  workspace: string,
  plan: StagingPlan,
): Promise<CleanTable> {
  const { dataset } = plan;
  const facts = await ruleFacts(services, workspace, dataset);
  const clean = await services.staging.clean(workspace, { ...plan, facts });
  const { staged, outcomes } = await judgeFile(services, { workspace, dataset, staged: clean, today: facts.today! });
  return { staged, rules: [...clean.rules, ...outcomes] };
}

/** Throws `InputError` where a rule says that the import must fail. */
export function refuseFailed(dataset: Dataset, rules: RuleOutcome[]): void {
  const failed = rules.filter(({ result }) => result === "failed");
  if (failed.length === 0) return;
  const words = failed.map(({ title, broken, note, kind }) => {
    const things = kind === "usual" ? "days" : "rows";
    return `"${title}" (${broken} ${broken === 1 ? things.slice(0, -1) : things}${note ? `: ${note}` : ""})`;
  });
  throw new InputError(
    "rule-broken",
    `Cannot import the file: it breaks ${words.join(" and ")}, and ${dataset.title} has the rule to refuse it then; ` +
      "mend the file, or change the rule",
    { rules: failed.map(({ rule }) => rule) },
  );
}
