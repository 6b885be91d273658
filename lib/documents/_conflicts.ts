/** What every document store says when a write meets another, so that all say it in the same words. */
import { ConflictError } from "@/lib/errors.ts";
import type { Collection } from "./mod.ts";

type Any = Pick<Collection<{ id: string }>, "name" | "indexes">;

/** The id is taken. */
export function takenId({ name }: Any, id: string): ConflictError {
  return new ConflictError(`Cannot create "${id}" in ${name}: the id is taken`, { id });
}

/** A unique index holds an equal value; `index` is its declared name. */
export function takenValue(collection: Any, id: string, index: string | undefined): ConflictError {
  const fields = (index && collection.indexes[index]?.fields) || [];
  return new ConflictError(
    `Cannot save "${id}" in ${collection.name}: another document has the same ${fields.join(" and ")}`,
    { id, index, fields },
  );
}

/** Another version stands than the one that the change began with; `current` is null where nothing stands. */
export function staleVersion({ name }: Any, id: string, expected: number, current: number | null): ConflictError {
  const now = current === null ? "it is not there" : `version ${current} stands`;
  return new ConflictError(
    `Cannot change "${id}" in ${name}: version ${expected} was expected and ${now}; read it again and repeat the change`,
    { current },
  );
}
