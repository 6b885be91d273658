/** Rollback and restore: an import's claims count no longer, or again at their old place in the order. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { ConflictError, NotFoundError } from "@/lib/errors.ts";
import { planTurn } from "./duckdb_change.ts";
import { refreshCoverage } from "./duckdb_coverage.ts";
import { countDiff, listDays } from "./duckdb_diff.ts";
import { turnLabels } from "./duckdb_labels.ts";
import { dropWork, writeChange } from "./duckdb_publish.ts";
import type { Tables } from "./duckdb_tables.ts";
import { addVersion, expectVersion, findImport } from "./duckdb_versions.ts";
import type { PublishResult } from "./mod.ts";

/** Turns an import off or on again, as a new version. Must run in a transaction. */
export async function turnImport(
  session: DuckSession,
  tables: Tables,
  importId: string,
  options: { action: "rollback" | "restore"; expectedVersion: number; now: Date },
): Promise<PublishResult> {
  const { action } = options;
  const verb = action === "rollback" ? "roll back" : "restore";
  const known = await findImport(session, tables, importId);
  if (!known) {
    throw new NotFoundError(
      `Cannot ${verb} import "${importId}": dataset "${tables.ref.dataset.id}" has none of that id`,
    );
  }
  const state = action === "rollback" ? "rolled-back" : "published";
  if (known.state === state) {
    throw new ConflictError(`Cannot ${verb} import "${importId}": it is ${state} already`, { importId, state });
  }
  if (known.sealed) {
    throw new ConflictError(
      `Cannot ${verb} import "${importId}": it is past its keeping time, and values that it replaced are dropped; ` +
        "import a corrected file instead",
      { importId },
      "past-keeping-time",
    );
  }
  const version = await expectVersion(session, tables, options.expectedVersion) + 1;
  await session.run(`update ${tables.imports} set state = $1, changed = $2 where seq = $3`, [
    state,
    version,
    known.seq,
  ]);
  const change = await planTurn(session, tables, known);
  await listDays(session, tables, change);
  const result = { ...await countDiff(session, tables, change), version };
  await writeChange(session, tables, change, result);
  await refreshCoverage(session, tables, change, version);
  await turnLabels(session, tables, known.seq);
  await addVersion(session, tables, { importId, action, result, now: options.now });
  await dropWork(session);
  return result;
}
