import type { ImportJob, RejectedRow } from "@/lib/model/mod.ts";

/** The id under which staging and warehouse know one table of an import: the import's own for the first. */
export function partId(importId: string, place: number): string {
  return place === 0 ? importId : `${importId}-${place + 1}`;
}

/** The ids of every part of an import; its own where none is noted yet. */
export function partIds({ id, parts }: Pick<ImportJob, "id" | "parts">): string[] {
  return [...new Set([id, ...parts.map((part) => part.import ?? id)])];
}

/** One list out of the lists of every part: the slice asked for may begin in one and end in another. */
export async function rowsOfParts<Row extends RejectedRow>(
  job: ImportJob,
  { offset, limit }: { offset: number; limit: number },
  read: (part: string, slice: { offset: number; limit: number }) => Promise<{ total: number; rows: Row[] }>,
): Promise<{ total: number; rows: Row[] }> {
  const ids = partIds(job);
  const rows: Row[] = [];
  let total = 0;
  for (const id of ids) {
    const slice = { offset: Math.max(0, offset - total), limit: Math.max(0, limit - rows.length) };
    const found = await read(id, slice);
    total += found.total;
    const table = ids.length > 1 ? job.parts.find((part) => (part.import ?? job.id) === id)?.table : undefined;
    rows.push(...(table ? found.rows.map((row) => ({ ...row, table })) : found.rows));
  }
  return { total, rows };
}
