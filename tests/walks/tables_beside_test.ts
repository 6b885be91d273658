/** Tables of one file that hold the same names over the same days: none of them takes another's place unasked. */
import assert from "node:assert/strict";
import { examineAlone } from "@/tools/examine_alone.ts";
import { makeWorkbook, type WorkbookSheet } from "../corpus/make_workbook.ts";

const day = (n: number) => ({ value: 46_266 + n, format: "dd.mm.yyyy" });
const sheet = (name: string, first: number, spend: number): WorkbookSheet => ({
  name,
  rows: [["Datum", "Kampagne", "Kosten", "Klicks"], [day(first), "Brand", spend, 3], [
    day(first + 1),
    "Brand",
    spend,
    4,
  ]],
});

async function examine(sheets: WorkbookSheet[], answers: Record<string, string> = {}) {
  const path = await Deno.makeTempFile({ suffix: ".xlsx" });
  try {
    await Deno.writeFile(path, makeWorkbook(sheets));
    return (await examineAlone(path, { answers })).tables;
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("a sheet for each channel: what tells them apart is asked, with both readings", async () => {
  const tables = await examine([sheet("Google Ads", 0, 10.5), sheet("Meta", 1, 20.5)]);
  for (const { questions } of tables) {
    assert.deepEqual(questions.map(({ id }) => id), ["beside"]);
    const [{ choices }] = questions as [typeof questions[number]];
    assert.deepEqual(choices.map(({ value }) => value), ["platform", "account", "nothing"]);
    assert.deepEqual(choices[0]!.preview, [
      { raw: "Google Ads", read: "google_ads" },
      { raw: "Meta", read: "meta_ads" },
    ]);
  }
});

Deno.test("a sheet for each channel: the answer makes platforms or accounts of their names", async () => {
  const sheets = [sheet("Google Ads", 0, 10.5), sheet("Outdoor Süd", 0, 20.5)];
  const found = (tables: Awaited<ReturnType<typeof examine>>, topic: string) =>
    tables.map(({ findings, questions }) => [
      findings.find((finding) => finding.topic === topic && finding.evidence.startsWith("answered"))?.finding,
      questions.length,
    ]);
  assert.deepEqual(found(await examine(sheets, { beside: "platform" }), "platform"), [["google_ads", 0], [
    "outdoor_sud",
    0,
  ]]);
  assert.deepEqual(found(await examine(sheets, { beside: "account" }), "account"), [["Google Ads", 0], [
    "Outdoor Süd",
    0,
  ]]);
});

Deno.test("a sheet for each month, or of other measures, needs no answer", async () => {
  const months = await examine([sheet("Sep", 0, 10.5), sheet("Oct", 30, 20.5)]);
  assert.deepEqual(months.flatMap(({ questions }) => questions), []);
  const other = { name: "Views", rows: [["Datum", "Kampagne", "Impressionen"], [day(0), "Brand", 1000]] };
  const joined = await examine([sheet("Spend", 0, 10.5), other]);
  assert.deepEqual(joined.flatMap(({ questions }) => questions), []);
});
