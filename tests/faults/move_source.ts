/** An installation with many rows, made without files: what a move has to carry. */
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { join } from "node:path";
import { readConfig } from "@/lib/config.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { keyExpression, levelColumns, levelName } from "@/lib/duckdb/row_keys.ts";
import { claimDataDirectory } from "@/lib/files/data_directory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { importsCollection } from "@/lib/ingest/collections.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import type { DatasetRef } from "@/lib/warehouse/mod.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";

/** The dataset that the rows are in. */
export const moveRef: DatasetRef = { workspace: "default", dataset: builtInDatasets.find(({ id }) => id === "ads")! };

/** How much there is. */
export interface MoveSource {
  imports: number;
  /** Days of each import; each begins half of that after the one before. */
  days: number;
  /** Rows of a day. */
  rows: number;
}

const COLUMNS = ["date", "platform", "account_id", "account", "campaign_id", "campaign", "currency", "clicks", "spend"];

/** Fills a data directory: rows with history, an import taken back, raw files, documents, rows set aside. */
export async function fillDirectory(directory: string, source: MoveSource): Promise<void> {
  const config = readConfig({ DATA_DIR: directory });
  const held = await claimDataDirectory(config.dataDir);
  const documents = openSqliteDocuments({ path: join(directory, "tessera.sqlite") });
  const duck = await Duck.open({ path: join(directory, "warehouse.duckdb"), stagingDirectory: held.staging });
  const files = await openDiskFiles({ directory: held.files, stagingDirectory: held.staging });
  try {
    const staging = openDuckStaging({ duck, stagingDirectory: held.staging });
    const warehouse = openDuckWarehouse({ duck });
    for (let n = 0; n < source.imports; n++) {
      const importId = `import-${n}`;
      const bytes = crypto.getRandomValues(new Uint8Array(60_000));
      const { sha256 } = await files.keep("default", new Blob([bytes]).stream());
      const raw = { ...importsCollection, schema: { parse: (value: unknown) => value as { id: string } } };
      await documents.create(
        raw,
        "default",
        { id: importId, sha256, dataset: "ads", "odd.$field": n } as { id: string },
      );
      const row = { line: n, column: "clicks", value: "x", reason: "no number", code: "number" };
      await staging.bringAside("default", importId, { list: "rejected", place: 0, rows: [row] });
      await warehouse.stage(moveRef, await stage(duck, importId, n, source));
      const provisionalFrom = n % 3 === 0 ? dayOf(n * source.days / 2 + source.days - 1) : null;
      await warehouse.publish(moveRef, importId, { expectedVersion: n, mode: "merge", provisionalFrom });
    }
    await warehouse.rollback(moveRef, "import-1", { expectedVersion: source.imports });
  } finally {
    await files.close();
    await duck.close();
    await documents.close();
    await held.release();
  }
}

async function stage(duck: Duck, importId: string, n: number, { days, rows }: MoveSource) {
  const { dataset } = moveRef;
  const level = levelName("day", levelColumns(dataset, COLUMNS));
  const relation = `ws_default.typed_${n}`;
  const first = `date '2024-01-01' + (${Math.floor(n * days / 2)} + i // ${rows})::integer`;
  await duck.run("create schema if not exists ws_default");
  await duck.run(
    `create or replace table ${relation} as select i + 2 as _line, ${first} as date, 'google_ads' as platform,
       'a' || (i % 2) as account_id, 'Shop ' || (i % 2) as account, 'c' || (i % ${rows}) as campaign_id,
       'Campaign ' || (i % ${rows}) || ' of ' || ${n} as campaign, 'EUR' as currency, (i * 7 + ${n})::bigint as clicks,
       (i * 1000003 + ${n})::bigint as spend, ${first} as _until from range(${days * rows}) t(i)`,
  );
  await duck.run(`alter table ${relation} add column _key uhugeint`);
  await duck.run(`update ${relation} set _key = ${keyExpression(dataset, level, COLUMNS)}`);
  const size = days * rows;
  return {
    importId,
    columns: COLUMNS,
    level,
    range: null,
    counts: { read: size, rows: size, collapsed: 0, duplicates: 0, rejected: 0, totals: 0 },
    duplicateLines: [],
    collapsedLines: [],
    duplicatesSummed: false,
    masked: 0,
    fileTotals: {},
    rowTotals: {},
    relation,
  };
}

function dayOf(n: number): string {
  return new Date(Date.UTC(2024, 0, 1 + Math.floor(n))).toISOString().slice(0, 10);
}
