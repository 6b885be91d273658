/** Rollback and restore: an import's claims count no longer, or again at their old place in the order. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { planTurn } from "./duckdb_change.ts";
import { refreshCoverage } from "./duckdb_coverage.ts";
import { countDiff, listDays } from "./duckdb_diff.ts";
import { turnLabels } from "./duckdb_labels.ts";
import { dropWork, writeChange } from "./duckdb_publish.ts";
import type { Tables } from "./duckdb_tables.ts";
import { addVersion, expectVersion, findImport } from "./duckdb_versions.ts";
import type { PublishResult } from "./mod.ts";
import { checkTurn } from "./refusals.ts";

/** Turns an import off or on again, as a new version. Must run in a transaction. */
export async function turnImport(
  session: DuckSession,
  tables: Tables,
  importId: string,
  options: { action: "rollback" | "restore"; expectedVersion: number; now: Date },
): Promise<PublishResult> {
  const { action } = options;
  const known = checkTurn(tables.ref, importId, action, await findImport(session, tables, importId));
  const version = await expectVersion(session, tables, options.expectedVersion) + 1;
  const state = action === "rollback" ? "rolled-back" : "published";
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
