/** What became of an import, for people. Pure. */
import { missingSentence } from "@/components/imports/import_words.ts";
import type { ImportJob } from "@/lib/model/mod.ts";

/** The import as text; `url` is where the server answers. */
export function showImport(file: string, job: ImportJob, url: string | null): string {
  const lines = [`${file}: ${headline(job)}`];
  for (const { table, dataset, range, counts } of job.parts) {
    const days = range ? `, ${range.from} to ${range.to}` : "";
    lines.push(`  ${table} → ${dataset}${days}: ${countsIn(counts)}`);
  }
  for (const { title, before, after } of job.changes?.measures ?? []) {
    lines.push(`    ${title}: ${before ?? "–"} → ${after ?? "–"}`);
  }
  const missing = missingSentence(job, "en");
  if (missing) lines.push(`  ${missing}`);
  for (const { finding, evidence } of job.findings.filter(({ topic }) => topic === "left-out")) {
    lines.push(`  left out ${finding}: ${evidence}`);
  }
  for (const { id, title, detail, choices } of job.questions) {
    lines.push(`  asks: ${title}${detail ? ` ${detail}.` : ""}`);
    for (const choice of choices) lines.push(`    --answer '${id}=${choice.value}'   ${choice.title}`);
    if (choices.length === 0) lines.push(`    --answer '${id}=…'`);
  }
  if (url && job.state !== "published") lines.push(`  ${new URL(`/data/imports/${job.id}`, url)}`);
  return lines.join("\n");
}

function headline({ state, error, duplicateOf, questions, counts }: ImportJob): string {
  switch (state) {
    case "published":
      return `imported, ${countsIn(counts)}`;
    case "duplicate":
      return `already here, as import ${duplicateOf}`;
    case "failed":
      return `refused: ${error?.message ?? "something failed"}`;
    case "needs-mapping":
      return `waits for ${questions.length === 1 ? "an answer" : `${questions.length} answers`}`;
    case "ready":
      return "would change this";
    default:
      return state;
  }
}

function countsIn(counts: ImportJob["counts"]): string {
  const words = [`${counts.read} read`];
  const names = ["inserted", "updated", "unchanged", "removed", "collapsed", "duplicates", "totals"] as const;
  for (const name of names) if (counts[name] > 0) words.push(`${counts[name]} ${name}`);
  if (counts.rejected > 0) words.push(`${counts.rejected} set aside`);
  return words.join(", ");
}
