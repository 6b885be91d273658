/** Rows that are worked on at a time; a day is never cut, so one with more is worked on whole. */
const RUN_ROWS = 20_000;

/** Days in order, cut into runs of some thousand rows. `rows` tells how many each day has. */
export function dayRuns(rows: Map<string, number>): string[][] {
  const runs: string[][] = [];
  let room = 0;
  for (const day of [...rows.keys()].sort()) {
    const size = rows.get(day)!;
    if (runs.length === 0 || size > room) {
      runs.push([]);
      room = RUN_ROWS;
    }
    runs.at(-1)!.push(day);
    room -= size;
  }
  return runs;
}
