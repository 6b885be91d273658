import type { ImportJob, ImportQuestion } from "@/lib/model/mod.ts";

/** An import as the API answers it: as stored, with the question that comes first by itself. */
export function importAnswer(job: ImportJob): ImportJob & { question?: ImportQuestion } {
  const question = job.state === "needs-mapping" ? job.questions[0] : undefined;
  return question ? { ...job, question } : job;
}
