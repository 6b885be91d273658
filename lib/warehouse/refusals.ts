/** What is refused in every warehouse, in the same words. */
import { ConflictError, InputError, NotFoundError } from "@/lib/errors.ts";
import type { DatasetRef } from "./mod.ts";

/** An act on a version that is not the current one. */
export function versionConflict({ dataset }: DatasetRef, expectedVersion: number, version: number): ConflictError {
  return new ConflictError(
    `Cannot change dataset "${dataset.id}": it stands at version ${version}, not at ${expectedVersion}; ` +
      "look at what changed and try again",
    { expectedVersion, version },
    "version-conflict",
  );
}

/** Nothing is there to publish under an import's id. */
export function notStaged({ dataset }: DatasetRef, importId: string): NotFoundError {
  return new NotFoundError(
    `Cannot publish import "${importId}": dataset "${dataset.id}" has no staged rows of it; stage them first`,
  );
}

/** Publishing what was rolled back. */
export function publishRolledBack(importId: string): ConflictError {
  return new ConflictError(`Cannot publish import "${importId}": it is rolled back; restore it instead`, { importId });
}

/** What a turn does: counts an import's claims no longer, or again. */
export type Turn = "rollback" | "restore";

/** The import, where it can be turned. Throws where it is not there, so already, or what it hid is dropped. */
export function checkTurn<T extends { state: string; sealed: boolean }>(
  { dataset }: DatasetRef,
  importId: string,
  turn: Turn,
  known: T | null,
): T {
  const verb = turn === "rollback" ? "roll back" : "restore";
  if (!known) {
    throw new NotFoundError(`Cannot ${verb} import "${importId}": dataset "${dataset.id}" has none of that id`);
  }
  const state = turn === "rollback" ? "rolled-back" : "published";
  if (known.state === state) {
    throw new ConflictError(`Cannot ${verb} import "${importId}": it is ${state} already`, { importId, state });
  }
  if (!known.sealed) return known;
  throw new ConflictError(
    `Cannot ${verb} import "${importId}": it is past its keeping time, and values that it replaced are dropped; ` +
      "import a corrected file instead",
    { importId },
    "past-keeping-time",
  );
}

/** A column whose stored values are of another type than its definition. */
export function columnChanged({ dataset }: DatasetRef, name: string, wanted: string, present: string): InputError {
  return new InputError(
    "column-changed",
    `Cannot store column "${name}" of dataset "${dataset.id}" as ${wanted}: ` +
      `it holds ${present}; add a column under another name`,
  );
}

/** A time that nothing is known of. */
export function unknownAsOf({ dataset }: DatasetRef, asOf: string, reason: string): InputError {
  return new InputError(
    "unknown-as-of",
    `Cannot read dataset "${dataset.id}" as of "${asOf}": ${reason}`,
    { asOf },
  );
}

/** A history that would come over another one. */
export function ownHistory({ dataset }: DatasetRef, version: number): ConflictError {
  return new ConflictError(
    `Cannot take the history of dataset "${dataset.id}" over: it has one of its own, at version ${version}; ` +
      "take it over into an empty place",
    { version },
    "own-history",
  );
}
