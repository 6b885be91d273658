/** What earlier imports mean for a later file: accounts by name and by id, answers, older reports, days not over. */
import assert from "node:assert/strict";
import { putWorkspaceSettings } from "@/lib/dataset/workspace_settings.ts";
import { answerImport, runImport } from "@/lib/ingest/imports.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const NOW = new Date("2026-11-24T10:00:00Z");

function finding(job: ImportJob, topic: string): string {
  const found = job.findings.find((f) => f.topic === topic);
  return found ? `${found.finding} (${found.evidence})` : "";
}

async function answered(services: WalkServices, job: ImportJob, answers: Record<string, string>): Promise<ImportJob> {
  await answerImport(services, LOCAL_OWNER, job.id, answers);
  return await runImport(services, LOCAL_OWNER.workspace, job.id);
}

const spend = async (services: WalkServices) =>
  (await currentRows(services, "ads", "sum(spend) as spend, count(*) as n"))[0];

Deno.test("an account named first and told by id later stays one account", () =>
  withImportServices(async (services) => {
    const header = "Day,Account name,Campaign,Currency code,Cost,Impr.\n";
    await importBytes(services, `${header}2026-11-01,Shop,A,EUR,1.50,10\n`);
    const later =
      "Day,Customer ID,Account name,Campaign,Currency code,Cost,Impr.\n2026-11-01,123-456-7890,Shop,A,EUR,2.50,10\n";
    const job = await importBytes(services, later);
    assert.equal(job.state, "published", JSON.stringify([job.error, job.questions]));
    assert.match(finding(job, "account"), /^Shop: by name, not by id/);
    assert.deepEqual(await spend(services), { spend: 2_500_000n, n: 1n }, "the day was replaced, not added");
    const alone = "Day,Customer ID,Campaign,Currency code,Cost,Impr.\n2026-11-01,123-456-7890,A,EUR,3.50,10\n";
    const asked = await importBytes(services, alone);
    assert.deepEqual(asked.questions.map(({ id, choices }) => [id, choices.map(({ value }) => value)]), [
      ["same-account", ["Shop", "none"]],
    ]);
    const done = await answered(services, asked, { "same-account": "Shop" });
    assert.equal(done.state, "published", JSON.stringify(done.error));
    assert.deepEqual(await spend(services), { spend: 3_500_000n, n: 1n });
  }, { now: NOW }));

Deno.test("an answer is used by the next file of the same shape, and that is said", () =>
  withImportServices(async (services) => {
    const first = await importBytes(services, "Date,Campaign,Cost,Impressions\n03/04/2026,A,1.5,10\n");
    assert.deepEqual(first.questions.map(({ id }) => id), ["dates:Date"]);
    const done = await answered(services, first, { "dates:Date": "%d/%m/%Y" });
    assert.deepEqual(done.parts[0]!.range, { from: "2026-04-03", to: "2026-04-03" });
    const next = await importBytes(services, "Date,Campaign,Cost,Impressions\n05/04/2026,A,1.5,10\n");
    assert.equal(next.state, "published", JSON.stringify(next.questions));
    assert.deepEqual(next.parts[0]!.range, { from: "2026-04-05", to: "2026-04-05" });
    assert.match(finding(next, "mapping"), /^1 answer of an earlier file with the same headers used \(dates:Date\)/);
  }, { now: NOW }));

Deno.test("amounts without a currency are in the workspace's own; asked only where others are there and none is set", () =>
  withImportServices(async (services) => {
    const file = (day: string) => `Date,Campaign,Cost,Impressions\n2026-04-${day},A,1.5,10\n`;
    const currencies = async () =>
      (await currentRows(services, "ads", "distinct currency")).map(({ currency }) => currency).sort();
    const none = await importBytes(services, file("01"));
    assert.match(finding(none, "currency"), /^XXX/);
    await importBytes(services, "Date,Campaign,Cost (GBP),Impressions\n2026-04-02,A,1.5,10\n");
    const asked = await importBytes(services, file("03"));
    assert.deepEqual(asked.questions.map(({ id }) => id), ["currency"]);
    await putWorkspaceSettings(services, LOCAL_OWNER, { currency: "EUR" });
    const own = await importBytes(services, file("04"));
    assert.match(finding(own, "currency"), /^EUR \(the workspace's own\)/);
    assert.deepEqual(await currencies(), ["EUR", "GBP", "XXX"]);
  }, { now: NOW }));

const linkedin = (made: string, spent: string) =>
  `Campaign Performance Report (in UTC)\n"Date Generated: ${made}"\n\n` +
  "Start Date (in UTC),Account Name,Campaign Group Name,Campaign Name,Currency,Total Spent,Impressions\n" +
  `11/1/2026,Acme,G,A,USD,${spent},100\n11/13/2026,Acme,G,A,USD,${spent},100\n`;

Deno.test("an older report asks before it replaces newer numbers", () =>
  withImportServices(async (services) => {
    const newer = await importBytes(services, linkedin("November 20, 2026, 9:00 AM", "5.00"));
    assert.equal(newer.state, "published", JSON.stringify([newer.error, newer.questions]));
    assert.equal(newer.parts[0]!.made, "2026-11-20");
    const older = await importBytes(services, linkedin("November 14, 2026, 9:00 AM", "4.00"));
    assert.deepEqual(older.questions.map(({ id }) => id), ["older-file"]);
    assert.match(older.questions[0]!.detail!, /^It was made on 2026-11-14 and covers 2026-11-01 to 2026-11-13/);
    const left = await answered(services, older, { "older-file": "stop" });
    assert.deepEqual([left.state, left.error?.code], ["failed", "older-file"]);
    assert.deepEqual(await spend(services), { spend: 10_000_000n, n: 2n });
    const again = await importBytes(services, linkedin("November 15, 2026, 9:00 AM", "4.50"));
    const done = await answered(services, again, { "older-file": "import" });
    assert.equal(done.state, "published");
    assert.deepEqual(await spend(services), { spend: 9_000_000n, n: 2n });
    const newest = await importBytes(services, linkedin("November 21, 2026, 9:00 AM", "6.00"));
    assert.equal(newest.state, "published", "a younger one asks nothing");
  }, { now: NOW }));

Deno.test("days that were not over at the report's own time are provisional", () =>
  withImportServices(async (services) => {
    const job = await importBytes(services, linkedin("November 13, 2026, 9:00 AM", "5.00"));
    assert.match(finding(job, "provisional"), /^days from 2026-11-13 on were not over \(it was made on 2026-11-13\)/);
    assert.match(finding(job, "maturity"), /conversions|spend/);
    const rows = await currentRows(services, "ads", "date::varchar as day, _provisional as open");
    assert.deepEqual(rows.map(({ day, open }) => [day, open]).sort(), [
      ["2026-11-01", false],
      ["2026-11-13", true],
    ]);
  }, { now: NOW }));
