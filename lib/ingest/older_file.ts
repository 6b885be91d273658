/** Whether a file is older than the rows that it would change. */
import { InputError } from "@/lib/errors.ts";
import type { ImportQuestion } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";
import type { DecideTableInput, TableDecision } from "./decide_table.ts";

/** A file that says when it was made. */
interface DatedFile {
  /** The import that brings it. */
  importId: string;
  dataset: string;
  platform: string | null;
  /** The day on which it was made. */
  made: string;
  /** The days that it covers. */
  range: { from: string; to: string };
}

/**
 * Adds the question whether a report may replace numbers of a younger one. Throws `InputError` where it was answered
 * that it may not.
 */
export async function askIfOlder(
  services: Pick<Services, "documents">,
  importId: string,
  { workspace, recognition, dataset, answers }: Omit<DecideTableInput, "raw" | "state">,
  decision: TableDecision,
): Promise<TableDecision> {
  const { facts: { made }, source } = recognition;
  const { range } = decision;
  if (!made || !range || answers["older-file"] === "import") return decision;
  if (answers["older-file"] === "stop") {
    throw new InputError("older-file", `Left out: the report was made on ${made}, and newer numbers are there`, {
      made,
    });
  }
  const platform = source?.platform ?? null;
  const asked = await olderFileQuestion(services, workspace, { importId, dataset: dataset.id, platform, made, range });
  return asked ? { ...decision, questions: [...decision.questions, asked] } : decision;
}

/**
 * The question whether a file may replace rows of a younger one: asked where the ledger has an import of the same
 * platform and days that was made later (or, where that is not known, was imported later). Null where there is none.
 */
async function olderFileQuestion(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  file: DatedFile,
): Promise<ImportQuestion | null> {
  let cursor: string | undefined;
  do {
    const page = await documents.list(importsCollection, workspace, {
      index: "byState",
      equals: ["published"],
      direction: "descending",
      limit: 200,
      cursor,
    });
    for (const { doc } of page.items) {
      if (doc.id === file.importId) continue;
      for (const part of doc.parts) {
        const known = part.made ?? (doc.publishedAt ?? doc.createdAt).slice(0, 10);
        if (part.dataset !== file.dataset || (part.platform ?? null) !== file.platform || known <= file.made) continue;
        if (!part.range || part.range.from > file.range.to || part.range.to < file.range.from) continue;
        return question(file, doc.filename, known);
      }
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return null;
}

function question({ made, range }: DatedFile, newer: string, known: string): ImportQuestion {
  return {
    id: "older-file",
    kind: "older-file",
    title: "May this older report replace newer numbers?",
    detail:
      `It was made on ${made} and covers ${range.from} to ${range.to}; "${newer}" of ${known} has days of these ` +
      "already, and platforms correct their numbers later",
    choices: [
      { value: "import", title: "Import it: its numbers take the place of the newer ones", preview: [] },
      { value: "stop", title: "Leave it out", preview: [] },
    ],
  };
}
