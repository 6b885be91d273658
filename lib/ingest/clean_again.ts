import { ConflictError, InputError } from "@/lib/errors.ts";
import { cleaningQuestion, type ImportJob, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { acceptSpelling } from "./cleaning_plan.ts";
import { createImport, rollbackImport } from "./imports.ts";
import { IMPORT_JOB } from "./job_names.ts";
import { changeImport, loadImport } from "./ledger.ts";

/**
 * Turns steps of cleaning on or off. An import that waits is cleaned anew before it is published; a published one is
 * taken back, and its file imported once more. The next file of the same shape is cleaned alike. Answers the import to
 * look at. Throws `InputError` for a step that it does not have, `ConflictError` where it is over otherwise.
 */
export async function cleanAgain(
  services: Pick<Services, "documents" | "warehouse" | "files" | "events" | "clock" | "jobs" | "config">,
  viewer: Viewer,
  id: string,
  steps: Record<string, "on" | "off">,
): Promise<ImportJob> {
  const { workspace } = viewer;
  const { doc } = await loadImport(services, workspace, id);
  const answers = answersOf(doc, steps);
  if (doc.state === "published") {
    const body = await services.files.open(workspace, doc.sha256);
    await rollbackImport(services, viewer, id);
    const { filename, mode } = doc;
    const dataset = doc.chosen ? doc.dataset : undefined;
    const all = { ...doc.answers, ...answers };
    return await createImport(services, viewer, { dataset, filename, mode, answers: all, again: true, body });
  }
  const job = await changeImport(services, workspace, id, (now) => {
    if (now.state !== "ready") {
      throw new ConflictError(
        `Cannot clean import "${id}" anew: it is ${now.state}; that can be done before it is published, or after`,
        { id, state: now.state },
      );
    }
    return { state: "queued", confirmed: false, answers: { ...now.answers, ...answers } };
  });
  await services.jobs.enqueue(workspace, IMPORT_JOB, id, { id });
  return job;
}

/** Only what is turned becomes an answer: what nobody touched stays as is usual, also for the next file. */
function answersOf(job: ImportJob, steps: Record<string, "on" | "off">): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const [id, turn] of Object.entries(steps)) {
    const step = job.cleaning.find((step) => step.id === id);
    if (!step?.canTurn) {
      const known = job.cleaning.filter(({ canTurn }) => canTurn).map(({ id }) => `"${id}"`).join(", ");
      throw new InputError(
        "unknown-step",
        `Cannot turn "${id}" ${turn}: the steps of this import are ${known || "none"}`,
        { step: id },
      );
    }
    if (step.on === (turn === "on")) continue;
    const spelling = step.kind === "case" || step.kind === "spelling" ? step.examples[0]?.to : undefined;
    answers[cleaningQuestion(id)] = turn === "on" && spelling !== undefined ? acceptSpelling(spelling) : turn;
  }
  return answers;
}
