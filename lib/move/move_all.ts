/**
 * Moves an installation: everything that one place keeps is brought to another one, on other engines, and held against
 * the first. The place that is filled is marked before anything comes, and refuses to serve until one write says that all
 * of it is there. A move that broke off is run again and goes on.
 */
import { ConflictError, TesseraError, UnavailableError } from "@/lib/errors.ts";
import { compareAside, moveAside } from "./move_aside.ts";
import { compareDocuments, countDocuments, documentsMark, moveDocuments, usedKinds } from "./move_documents.ts";
import { checkFacts, filledDatasets, type MovedDataset, moveFacts } from "./move_facts.ts";
import { compareFiles, moveFiles } from "./move_files.ts";
import { movesCollection, readMoveMark } from "@/lib/gate/move_mark.ts";
import type { Moving } from "./moving.ts";

/** What was moved. */
export interface MoveReport {
  /** `moved` now, or all of it was `there` already. */
  outcome: "moved" | "there";
  documents: number;
  files: number;
  bytes: number;
  /** Rows that were set aside. */
  aside: number;
  datasets: MovedDataset[];
}

/** How often a source that changes meanwhile is gone over again. */
const ROUNDS = 3;

/** Moves everything. `source` names where from, for people and for the next try. */
export async function moveAll(moving: Moving, source: string): Promise<MoveReport> {
  const { from, to, workspace } = moving;
  const own = await readMoveMark(from.documents, workspace);
  if (own?.doc.state === "filling") {
    const text = `Cannot move from ${source}: it is not whole itself, a move from ${own.doc.from} has not ended`;
    throw new ConflictError(text, {}, "source-not-whole");
  }
  const mark = await readMoveMark(to.documents, workspace);
  if (mark?.doc.state === "complete") return await reportThere(moving);
  if (mark) checkSource(mark.doc.from, source);
  else {
    await checkEmpty(moving);
    const startedAt = new Date(await to.documents.now()).toISOString();
    await to.documents.create(movesCollection, workspace, { id: "move", state: "filling", from: source, startedAt });
  }
  const moved = await moveUntilStill(moving);
  const datasets = await checkEverything(moving);
  const filling = (await readMoveMark(to.documents, workspace))!;
  const completedAt = new Date(await to.documents.now()).toISOString();
  const complete = { ...filling.doc, state: "complete" as const, completedAt };
  await to.documents.put(movesCollection, workspace, complete, filling.version);
  return { outcome: "moved", ...moved, datasets };
}

/** Goes over everything until nothing changed meanwhile. */
async function moveUntilStill(moving: Moving): Promise<Omit<MoveReport, "outcome" | "datasets">> {
  for (let round = 0; round < ROUNDS; round++) {
    const before = await sourceMark(moving);
    const { documents } = await moveDocuments(moving);
    const { files, bytes } = await moveFiles(moving);
    const { rows: aside } = await moveAside(moving);
    await moveFacts(moving);
    if (before === await sourceMark(moving)) return { documents, files, bytes, aside };
  }
  throw new UnavailableError(
    "Cannot end the move: what is moved changes all the time; stop every instance that works on it, and run it again",
  );
}

/** One text that changes with every change of the source. */
async function sourceMark({ from, workspace }: Moving): Promise<string> {
  const versions = [];
  for (const dataset of await filledDatasets({ from, workspace })) {
    versions.push([dataset.id, (await from.warehouse.history.outline({ workspace, dataset })).version]);
  }
  return JSON.stringify([await documentsMark(from.documents, workspace), versions]);
}

/** Holds both places against one another. Throws `TesseraError` `not-alike` naming what differs. */
async function checkEverything(moving: Moving): Promise<MovedDataset[]> {
  const differences = await compareSmall(moving);
  if (differences.length > 0) {
    const text = `The move is not complete: ${differences.join("; ")}; ` +
      "stop every instance that works on either place, and run it again";
    throw new TesseraError("not-alike", text, 500, { differences });
  }
  return await checkFacts(moving);
}

/** What differs besides facts, in words. */
async function compareSmall(moving: Moving): Promise<string[]> {
  const kinds = (await compareDocuments(moving)).map(({ kind, missing, other }) =>
    `of the documents "${kind}", ${missing} are not as they were and ${other} are others`
  );
  const files = await compareFiles(moving);
  const aside = await compareAside(moving);
  return [
    ...kinds,
    ...files.map((sha256) => `the raw file ${sha256} is in one place only`),
    ...aside.map((id) => `rows set aside of import ${id} differ`),
  ];
}

/** A move that has ended: all of it is there still, or the place has been used since. */
async function reportThere(moving: Moving): Promise<MoveReport> {
  try {
    const datasets = await checkEverything(moving);
    const { workspace, from } = moving;
    const documents = await countDocuments(from.documents, workspace);
    let [files, bytes, aside] = [0, 0, 0];
    for await (const file of from.files.list(workspace)) {
      files++;
      bytes += file.bytes;
    }
    for (const id of await from.staging.listAside(workspace)) {
      aside += (await from.staging.rejected(workspace, id, { offset: 0, limit: 1 })).total;
      aside += (await from.staging.flagged(workspace, id, { offset: 0, limit: 1 })).total;
    }
    return { outcome: "there", documents, files, bytes, aside, datasets };
  } catch (error) {
    if (!(error instanceof TesseraError) || error.code !== "not-alike") throw error;
    const text =
      `Cannot move there: a move to that place has ended, and one of both was used since (${error.message}); ` +
      "move to an empty place";
    throw new ConflictError(text, error.extra, "target-in-use");
  }
}

function checkSource(begun: string, source: string): void {
  if (begun === source) return;
  const text = `Cannot move there from ${source}: a move from ${begun} has not ended; run that one again, or move to ` +
    "an empty place";
  throw new ConflictError(text, { begun, source }, "other-move");
}

/** Throws `ConflictError` where the target holds anything that somebody made. */
async function checkEmpty({ to, workspace }: Moving): Promise<void> {
  const found = (await usedKinds(to.documents, workspace)).map(({ kind, documents }) => `${documents} of "${kind}"`);
  for (const dataset of await filledDatasets({ from: to, workspace })) found.push(`rows of dataset "${dataset.id}"`);
  for await (const { sha256 } of to.files.list(workspace)) {
    found.push(`the raw file ${sha256}`);
    break;
  }
  if (found.length === 0) return;
  const text = `Cannot move there: the place holds data of its own (${found.join(", ")}); move to an empty one`;
  throw new ConflictError(text, { found }, "target-not-empty");
}
