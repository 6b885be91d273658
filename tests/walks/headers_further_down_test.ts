/** Files that go on differently past what recognition looks at: nothing is read as rows of the table above. */
import assert from "node:assert/strict";
import { examineAlone } from "@/tools/examine_alone.ts";
import { makeWorkbook } from "../corpus/make_workbook.ts";

const HEADERS = "Date,Campaign,Impressions,Clicks,Spend";
/** Longer than the first 512 KiB. */
const MANY = 20_000;

function rows(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const day = new Date(Date.UTC(2024, 0, 1 + n % 300)).toISOString().slice(0, 10);
    return `${day},Campaign number ${n},${1000 + n % 100},${n % 10},${n % 10}.50`;
  });
}

async function examine(bytes: string | Uint8Array) {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeFile(path, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
    return await examineAlone(path);
  } finally {
    await Deno.remove(path);
  }
}

const OTHERS: [string, string[]][] = [
  ["as wide as the first", [
    "",
    "Device,Country,Sessions,Total users,Key events",
    "mobile,DE,10,9,1",
    "desktop,DE,5,4,0",
  ]],
  ["without a blank line", ["Device,Country,Sessions,Total users,Key events", "mobile,DE,10,9,1"]],
  ["narrower", ["", "Country,Sessions", "DE,10", "FR,20"]],
  ["wider", ["", "Date,Campaign,Ad group,Impressions,Clicks,Spend", "2024-01-01,A,B,1,1,1.00"]],
];
for (const [how, lines] of OTHERS) {
  Deno.test(`a table far below another stops the import by its line: ${how}`, async () => {
    const text = [HEADERS, ...rows(MANY), ...lines].join("\n");
    const line = MANY + 1 + lines.findIndex((line) => line !== "") + 1;
    await assert.rejects(examine(text), new RegExp(`line ${line} has the headers of another table`));
  });
}

Deno.test("a table's own headers far below are passed over", async () => {
  const text = [HEADERS, ...rows(MANY), HEADERS, ...rows(10)].join("\n");
  const { tables: [table] } = await examine(text);
  assert.deepEqual([table!.rowsRead, table!.rowsSetAside], [MANY + 10, 0]);
  assert.ok(table!.findings.some(({ topic }) => topic === "passed"));
});

Deno.test("a table far below another in a sheet stops the import by its row", async () => {
  const cells = rows(1_500).map((row) => row.split(",").map((cell, at) => at > 1 ? Number(cell) : cell));
  const sheet = { name: "Report", rows: [HEADERS.split(","), ...cells, [], ["Country", "Sessions"], ["DE", 10]] };
  await assert.rejects(examine(makeWorkbook([sheet])), /line 1503 has the headers of another table/);
});

Deno.test("words among numbers far below are set aside, and no table", async () => {
  const text = [HEADERS, ...rows(MANY), "2024-05-05,Brand,unknown,Clicks,1.00", ...rows(10)].join("\n");
  const { tables: [table] } = await examine(text);
  assert.deepEqual([table!.rowsRead, table!.rowsSetAside], [MANY + 11, 1]);
});
