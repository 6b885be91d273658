import assert from "node:assert/strict";
import { makeWorkbook } from "./make_workbook.ts";
import { type OddFile, oddFiles } from "./odd_files.ts";
import { oddCells } from "./odd_cells.ts";
import { oddExports } from "./odd_exports.ts";
import { oddOthers } from "./odd_others.ts";
import { oddPeriods } from "./odd_periods.ts";
import { oddShapes } from "./odd_shapes.ts";
import { oddSheets } from "./odd_sheets.ts";
import { openReader, type ReadExport } from "./read_export.ts";

const TODAY = "2026-11-24";

function bytesOf({ text, utf16, sheets }: OddFile): Uint8Array {
  if (sheets) return makeWorkbook(sheets);
  if (!utf16) return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2 + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let n = 0; n < text.length; n++) view.setUint16(n * 2 + 2, text.charCodeAt(n), true);
  return bytes;
}

/** What is expected, in the form of what came out. */
function cameOut(read: ReadExport): unknown {
  const { platform, dataset, grain, questions, refused, rows, totals, rejected, range, currency, sums } = read;
  if (refused) return { platform, dataset, grain, refused: true };
  if (questions.length > 0) return { platform, dataset, grain, questions };
  const days = range && `${range.from}..${range.to}`;
  return { platform, dataset, grain, rows, totals, rejected, range: days, currency, sums };
}

Deno.test("odd files: each becomes what it says, or is asked or refused for what it lacks", async (t) => {
  await using reader = await openReader();
  for (
    const file of [...oddFiles, ...oddSheets, ...oddOthers, ...oddPeriods, ...oddExports, ...oddShapes, ...oddCells]
  ) {
    await t.step(file.title, async () => {
      const read = await reader.read(bytesOf(file), { today: TODAY });
      const expected = file.tables.map(({ questions, refused, ...table }) =>
        refused ? { ...table, refused } : questions ? { ...table, questions } : { ...table, rejected: 0 }
      );
      assert.deepEqual(read.map(cameOut), expected);
    });
  }
});

Deno.test("odd files: what is asked shows both readings, and an answer settles it", async () => {
  await using reader = await openReader();
  const text = "Date,Campaign,Cost,Clicks\n03/04/2026,A,1.234,1\n04/04/2026,A,2.500,2\n";
  const bytes = new TextEncoder().encode(text);
  const [asked] = await reader.read(bytes, { today: TODAY });
  assert.deepEqual(asked!.asked.map(({ id, choices }) => [id, choices.map(({ preview }) => preview[0]?.read)]), [
    ["dates:Date", ["2026-03-04", "2026-04-03"]],
    ["numbers", ["1.234", "1\u202f234"]],
  ]);
  assert.match(asked!.asked[0]!.detail!, /As month\/day\/year: reads 2 of 2, from 2026-03-04 to 2026-04-04 on 2 days/);
  const answers = { "dates:Date": "%d/%m/%Y", numbers: "," };
  const [read] = await reader.read(bytes, { today: TODAY, answers });
  assert.deepEqual([read!.range, read!.sums.spend], [{ from: "2026-04-03", to: "2026-04-04" }, "3734"]);
});

Deno.test("odd files: the days of named periods make the rows of each", async () => {
  await using reader = await openReader();
  const { text } = oddPeriods.find(({ title }) => title.startsWith("GA4 API"))!;
  const answers = { "range:date_range_0": "2026-09-01..2026-09-30", "range:date_range_1": "2026-08-01..2026-08-31" };
  const [read] = await reader.read(new TextEncoder().encode(text), { today: TODAY, answers });
  assert.deepEqual([read!.rows, read!.range, read!.sums.sessions], [
    2,
    { from: "2026-08-01", to: "2026-09-30" },
    "180",
  ]);
});

Deno.test("odd files: cells that stand once for several rows are filled where that was answered", async () => {
  await using reader = await openReader();
  const { text } = oddShapes.find(({ title }) => title.startsWith("days that stand once"))!;
  const bytes = new TextEncoder().encode(text);
  const days = { from: "2026-09-01", to: "2026-09-02" };
  const [filled] = await reader.read(bytes, { today: TODAY, answers: { "fill:Date": "above" } });
  assert.deepEqual([filled!.rows, filled!.rejected, filled!.totals, filled!.range, filled!.sums.spend], [
    4,
    0,
    1,
    days,
    "34",
  ]);
  const [left] = await reader.read(bytes, { today: TODAY, answers: { "fill:Date": "empty" } });
  assert.deepEqual([left!.rows, left!.rejected, left!.sums.spend], [2, 2, "22"]);
});

Deno.test("odd files: a header that was answered to be a measure is read as it", async () => {
  await using reader = await openReader();
  const { text } = oddShapes.find(({ title }) => title === "a word of cost among others is asked")!;
  const answers = { "map:spend": "Net Cost excl. Fees" };
  const [read] = await reader.read(new TextEncoder().encode(text), { today: TODAY, answers });
  assert.deepEqual([read!.questions, read!.sums.spend], [[], "22"]);
  const [without] = await reader.read(new TextEncoder().encode(text), {
    today: TODAY,
    answers: { "map:spend": "none" },
  });
  assert.deepEqual([without!.questions, without!.sums.spend], [[], undefined]);
});
