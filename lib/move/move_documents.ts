/** Documents of every kind, with versions and times, as they stand: what another program wrote into them stays. */
import { createHash } from "node:crypto";
import { type AnyCollection, collections } from "@/lib/collections/collections.ts";
import type { DocumentStore, Stored } from "@/lib/documents/mod.ts";
import { holdsCollection } from "@/lib/jobs/_hold.ts";
import { movesCollection } from "@/lib/gate/move_mark.ts";
import type { Moving } from "./moving.ts";

/** Who works on what at this moment, and the move itself: neither means anything elsewhere. */
const STAY = new Set([holdsCollection.name, movesCollection.name]);
/** Written by running instances about themselves; they make no place a used one. */
const TRANSIENT = new Set(["job_runs", "upkeep_reports", "idempotency_keys"]);
const PAGE = 500;

type Any = { id: string };

/** The kinds that are moved, read without looking into them. */
export const movedKinds: readonly AnyCollection[] = collections.filter(({ name }) => !STAY.has(name))
  .map(({ name, indexes }) => ({ name, indexes, schema: { parse: (value) => value as Any } }));

/** Makes the documents of the target those of the source. Answers how many there are and how many were brought. */
export async function moveDocuments(
  { from, to, workspace, tell }: Moving,
): Promise<{ documents: number; brought: number }> {
  let [documents, brought] = [0, 0];
  for (const kind of movedKinds) {
    const wanted = await readStamps(from.documents, kind, workspace);
    const there = await readStamps(to.documents, kind, workspace);
    // First what goes: a unique value may have changed hands.
    for (const [id, stamp] of there) {
      if (wanted.get(id) !== stamp) await to.documents.delete(kind, workspace, id);
    }
    for await (const stored of everyDocument(from.documents, kind, workspace)) {
      documents++;
      if (there.get(stored.doc.id) === stampOf(stored)) continue;
      await to.documents.bring(kind, workspace, stored);
      brought++;
      tell({ step: "documents", at: kind.name, done: documents });
    }
  }
  return { documents, brought };
}

/** Kinds whose documents differ, with how many of each place are not in the other. */
export async function compareDocuments(
  { from, to, workspace }: Pick<Moving, "from" | "to" | "workspace">,
): Promise<{ kind: string; missing: number; other: number }[]> {
  const found = [];
  for (const { name, ...kind } of movedKinds) {
    const wanted = await readStamps(from.documents, { name, ...kind }, workspace);
    const there = await readStamps(to.documents, { name, ...kind }, workspace);
    const lacks = (a: Map<string, string>, b: Map<string, string>) =>
      [...a].filter(([id, stamp]) => b.get(id) !== stamp).length;
    const [missing, other] = [lacks(wanted, there), lacks(there, wanted)];
    if (missing + other > 0) found.push({ kind: name, missing, other });
  }
  return found;
}

/** Kinds that hold something which somebody made, with how many documents. */
export async function usedKinds(
  documents: DocumentStore,
  workspace: string,
): Promise<{ kind: string; documents: number }[]> {
  const found = [];
  for (const kind of movedKinds.filter(({ name }) => !TRANSIENT.has(name))) {
    const { size } = await readStamps(documents, kind, workspace);
    if (size > 0) found.push({ kind: kind.name, documents: size });
  }
  return found;
}

/** How many documents are moved. */
export async function countDocuments(documents: DocumentStore, workspace: string): Promise<number> {
  let count = 0;
  for (const kind of movedKinds) count += (await readStamps(documents, kind, workspace)).size;
  return count;
}

/** One text for all documents that are moved: equal as long as nobody changes any. */
export async function documentsMark(documents: DocumentStore, workspace: string): Promise<string> {
  const hash = createHash("sha256");
  for (const kind of movedKinds) {
    for (const [id, stamp] of await readStamps(documents, kind, workspace)) {
      hash.update(JSON.stringify([kind.name, id, stamp]));
    }
  }
  return hash.digest("hex");
}

/** Every document of a kind, by id. */
export async function* everyDocument(
  documents: DocumentStore,
  kind: AnyCollection,
  workspace: string,
): AsyncGenerator<Stored<Any>> {
  let cursor: string | undefined;
  do {
    const page = await documents.list(kind, workspace, { limit: PAGE, cursor });
    yield* page.items;
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}

async function readStamps(
  documents: DocumentStore,
  kind: AnyCollection,
  workspace: string,
): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  for await (const stored of everyDocument(documents, kind, workspace)) stamps.set(stored.doc.id, stampOf(stored));
  return stamps;
}

function stampOf({ doc, version, updatedAt }: Stored<Any>): string {
  return createHash("sha256").update(JSON.stringify([version, updatedAt, doc])).digest("base64");
}
