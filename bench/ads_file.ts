/** Large CSV files of ad rows, written by DuckDB itself: 1 M rows in seconds. */
import { DuckDBInstance } from "@duckdb/node-api";

/** Rows to make. */
export interface AdsFileOptions {
  path: string;
  rows: number;
  /** Each part has days of its own, so parts add up instead of replacing one another. @default 0 */
  part?: number;
}

/** Campaign × country × device in a day. */
const ROWS_PER_DAY = 2_000;

/** Days that a file of so many rows covers. */
export function daysOf(rows: number): number {
  return Math.ceil(rows / ROWS_PER_DAY);
}

/**
 * Writes a file with the canonical columns of `ads`: 200 campaigns × 5 countries × 2 devices a day. Values come from
 * hashes of the row's number, so every run has the same file.
 */
export async function writeAdsFile({ path, rows, part = 0 }: AdsFileOptions): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const first = part * daysOf(rows);
  await connection.run(`
    copy (
      select
        (date '2000-01-01' + (${first} + i // ${ROWS_PER_DAY})::integer)::varchar as date,
        ['google_ads', 'meta_ads', 'linkedin_ads', 'tiktok_ads', 'microsoft_ads', 'pinterest'][c % 6 + 1] as platform,
        'act_' || (c % 6) as account_id,
        'Account ' || (c % 6) as account,
        (70000000 + c)::varchar as campaign_id,
        'Campaign ' || c || ' · ' || ['Brand', 'Search', 'Shopping', 'Retargeting'][c % 4 + 1] as campaign,
        ['Sales', 'Leads', 'Awareness'][c % 3 + 1] as objective,
        ['DE', 'AT', 'CH', 'FR', 'GB'][i // 2 % 5 + 1] as country,
        ['mobile', 'desktop'][i % 2 + 1] as device,
        'EUR' as currency,
        (200 + h % 20000)::varchar as impressions,
        (h % 400)::varchar as clicks,
        printf('%.2f', (h % 400) * (20 + h % 90) / 100.0) as spend,
        printf('%.2f', (h % 400) * (h % 7) / 100.0) as conversions,
        printf('%.2f', (h % 400) * (h % 7) * (30 + h % 60) / 100.0) as conversion_value
      from (select i, i // 10 % 200 as c, hash(i + ${part * rows}) % 1000000007 as h from range(${rows}) t(i))
    ) to '${path.replaceAll("'", "''")}' (format csv, header true)`);
  connection.closeSync();
  instance.closeSync();
}

/** Milliseconds that DuckDB alone takes to read the file into a table of a database file, with the server's own limits. */
export async function bareRead(
  csv: string,
  database: string,
  limits: { memoryLimit: string; threads?: number; storage?: string },
): Promise<number> {
  const instance = await DuckDBInstance.create(database, {
    memory_limit: limits.memoryLimit,
    ...(limits.storage ? { storage_compatibility_version: limits.storage } : {}),
    ...(limits.threads ? { threads: String(limits.threads) } : {}),
  });
  const connection = await instance.connect();
  const start = performance.now();
  await connection.run(`create table bare as select * from read_csv('${csv.replaceAll("'", "''")}')`);
  const milliseconds = performance.now() - start;
  connection.closeSync();
  instance.closeSync();
  await Deno.remove(database);
  return milliseconds;
}
