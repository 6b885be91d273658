/**
 * Imports brought in again through the same funnel, in their order: how what is learnt later reaches what is there already.
 * Nothing that is stored is changed; it is new versions, and can be taken back.
 */
import { type ImportJob, newId, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";
import { rollbackImport } from "./imports.ts";
import { REPEAT_JOB } from "./job_names.ts";

/** One import that is brought in again. */
export interface Repeat {
  /** The import whose file it is. */
  import: string;
  /** The id of the import to come. */
  id: string;
  /** Answers that it is given beside its own. */
  answers: Record<string, string>;
}

/** Why imports are brought in again: their amounts get a currency, or a dataset's texts are taken apart anew. */
export type RepeatPurpose = { currency: string } | { apart: string };

/** An undertaking: imports brought in again for a purpose. */
export interface RepeatBatch {
  batch: string;
  purpose: RepeatPurpose;
  repeats: Repeat[];
}

/** Sets an undertaking going. One job runs it; a killed process goes on where it was. */
export async function beginBatch(
  services: Pick<Services, "clock" | "jobs">,
  { workspace, actor }: Viewer,
  purpose: RepeatPurpose,
  planned: Omit<Repeat, "id">[],
): Promise<RepeatBatch> {
  const now = services.clock.now().getTime();
  const batch = newId(now);
  const repeats = planned.map((one): Repeat => ({ ...one, id: newId(now) }));
  await services.jobs.enqueue(workspace, REPEAT_JOB, batch, { purpose, repeats, actor });
  return { batch, purpose, repeats };
}

/** Takes a batch back, the last import first. Answers how many were. */
export async function takeBackBatch(
  services: Pick<Services, "documents" | "warehouse" | "events" | "clock" | "jobs">,
  viewer: Viewer,
  batch: string,
): Promise<number> {
  const imports = (await publishedImports(services, viewer.workspace)).filter(({ repeats }) =>
    repeats?.batch === batch
  );
  for (const { id } of imports.toReversed()) await rollbackImport(services, viewer, id);
  return imports.length;
}

/** The imports among them in whose place no other one stands. */
export function notRepeated(imports: ImportJob[]): ImportJob[] {
  const repeated = new Set(imports.flatMap(({ repeats }) => repeats?.import ?? []));
  return imports.filter(({ id }) => !repeated.has(id));
}

/** The answers that an import is brought in again with: its own, and that it is older than what it finds is no surprise. */
export function answersAgain({ answers }: ImportJob): Record<string, string> {
  return { ...answers, "older-file": "import" };
}

/** Every import whose rows count, in the order in which they were published. */
export async function publishedImports(
  { documents }: Pick<Services, "documents">,
  workspace: string,
): Promise<ImportJob[]> {
  const imports: ImportJob[] = [];
  let cursor: string | undefined;
  do {
    const page = await documents.list(importsCollection, workspace, {
      index: "byState",
      equals: ["published"],
      limit: 500,
      cursor,
    });
    imports.push(...page.items.map(({ doc }) => doc));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return imports.sort((a, b) => (a.publishedAt ?? a.createdAt) < (b.publishedAt ?? b.createdAt) ? -1 : 1);
}
