/** Looks at a staged table as a whole and decides how it becomes rows. What needs the cells is asked of staging here. */
import type { ColumnProfile, RawTable, Staging } from "@/lib/staging/mod.ts";
import { separatesQuestion } from "./column_names.ts";
import { decide, type DecideInput, type Decision, profileWants } from "./decide.ts";
import { datasetQuestion } from "./settle_dataset.ts";
import { NULL_TOKENS, totalLabels } from "./plan_of.ts";

/** What decides about a staged table, beside its cells. */
export type DecideTableInput =
  & Omit<DecideInput, "importId" | "profiles" | "sameDay">
  & { workspace: string; raw: RawTable };

/** A decision, with what the columns looked like. */
export type TableDecision = Decision & { profiles: ColumnProfile[] };

/** Decides about a staged table. Whatever dataset, answers and state are given, the same table decides alike. */
export async function decideTable(staging: Staging, input: DecideTableInput): Promise<TableDecision> {
  const { workspace, raw, dataset, recognition, answers } = input;
  const id = raw.importId;
  const profiles = await staging.profile(workspace, id, raw.headers, {
    nullTokens: NULL_TOKENS,
    totalLabels: totalLabels(recognition),
    wants: profileWants(dataset, raw.headers, recognition, answers),
  });
  const equal = new Map<string, boolean>();
  const asked: [string, string][] = [];
  const pure: DecideInput = {
    ...input,
    importId: id,
    profiles,
    sameDay(a, b) {
      asked.push([a, b]);
      return equal.get(`${a}\n${b}`) ?? false;
    },
  };
  let decision = decide(pure);
  if (asked.length > 0) {
    for (const [a, b] of asked) equal.set(`${a}\n${b}`, await staging.countUnequal(workspace, id, a, b) === 0);
    decision = decide(pure);
  }
  const separating = await separatingHeaders(staging, workspace, decision, raw);
  const questions = separating.map((header) => separatesQuestion(profiles.find((p) => p.header === header)!));
  const open = datasetQuestion(recognition, answers.dataset);
  return { ...decision, questions: [...open ? [open] : [], ...decision.questions, ...questions], profiles };
}

/** Unused columns without which rows that differ become one. */
async function separatingHeaders(
  staging: Staging,
  workspace: string,
  { unused, keyHeaders, impossible }: Decision,
  raw: RawTable,
): Promise<string[]> {
  if (unused.length === 0 || impossible) return [];
  const count = (headers: string[]) => staging.countDistinct(workspace, raw.importId, headers);
  const keys = await count(keyHeaders);
  if (keys === raw.rows) return [];
  const separating: string[] = [];
  for (const header of unused) {
    if (await count([...keyHeaders, header]) > keys) separating.push(header);
  }
  return separating;
}
