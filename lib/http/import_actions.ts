import { InputError } from "@/lib/errors.ts";
import { cleanAgain } from "@/lib/ingest/clean_again.ts";
import {
  answerImport,
  cancelImport,
  createImport,
  getImport,
  publishImport,
  restoreImport,
  rollbackImport,
} from "@/lib/ingest/imports.ts";
import type { ImportJob, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

/** Does what a form of an import's page asks for: `action`, and `answer:<question>` fields. Throws `InputError`. */
export async function changeImport(
  { services, viewer }: { services: Services; viewer: Viewer },
  id: string,
  form: FormData,
): Promise<ImportJob> {
  const action = form.get("action");
  switch (action) {
    case "answer":
      return await answerImport(services, viewer, id, readAnswers(form));
    case "clean":
      return await cleanAgain(services, viewer, id, readSteps(form));
    case "cancel":
      return await cancelImport(services, viewer, id);
    case "publish":
      return await publishImport(services, viewer, id, { mode: readMode(form.get("mode")) });
    case "rollback":
      return await rollbackImport(services, viewer, id);
    case "restore":
      return await restoreImport(services, viewer, id);
    case "again": {
      const { filename, mode, sha256, answers, ...job } = await getImport(services, viewer, id);
      const body = await services.files.open(viewer.workspace, sha256);
      const dataset = job.chosen ? job.dataset : undefined;
      return await createImport(services, viewer, { dataset, filename, mode, answers, again: true, body });
    }
    default:
      throw new InputError(
        "unknown-action",
        `Cannot do "${action}" with an import; use the buttons of its page`,
        {},
        400,
      );
  }
}

/** What becomes of rows that the file lacks; undefined leaves it as it was. Throws `InputError` 400 for another word. */
export function readMode(text: unknown): ImportJob["mode"] | undefined {
  if (text === null || text === "merge" || text === "replace") return text ?? undefined;
  throw new InputError(
    "bad-mode",
    `Cannot publish with mode "${String(text).slice(0, 60)}": merge or replace`,
    {},
    400,
  );
}

/** Steps of cleaning by id: `step` names every one that the form shows, `on` those that are ticked. */
function readSteps(form: FormData): Record<string, "on" | "off"> {
  const on = new Set(form.getAll("on").map(String));
  return Object.fromEntries(form.getAll("step").map((id) => [String(id), on.has(String(id)) ? "on" : "off"]));
}

/** The answers of a form by question: a chosen value, the text beside an empty one, or two days as `from..to`. */
export function readAnswers(form: FormData): Record<string, string> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const answers: Record<string, string> = {};
  for (const name of new Set(form.keys())) {
    const [kind = "", ...rest] = name.split(":");
    const question = rest.join(":");
    if (kind === "answer") answers[question] = text(name) || text(`other:${question}`);
    if (kind === "from") answers[question] = `${text(name)}..${text(`to:${question}`)}`;
  }
  return answers;
}
