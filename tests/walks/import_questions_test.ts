/** Files that say too little: what is asked, and that the answers serve the next file of the same shape. */
import assert from "node:assert/strict";
import { putDataset } from "@/lib/dataset/datasets.ts";
import { answerImport, runImport } from "@/lib/ingest/imports.ts";
import { type DatasetInput, type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { datasetSchema } from "@/lib/model/mod.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

async function answered(services: WalkServices, { id }: ImportJob, answers: Record<string, string>) {
  const { jobs } = services;
  await answerImport({ ...services, jobs }, LOCAL_OWNER, id, answers);
  return await runImport(services, LOCAL_OWNER.workspace, id);
}

const ids = ({ questions }: ImportJob) => questions.map(({ id }) => id);

Deno.test("a file without headers is asked column by column, and the next one of its shape is not", async () => {
  await withImportServices(async (services) => {
    const first = await importBytes(services, "2026-05-01;Brand;1.50;100\n2026-05-02;Shop;2.25;200\n", {
      dataset: undefined,
    });
    assert.equal(first.state, "needs-mapping");
    assert.deepEqual(ids(first), ["dataset", ...[1, 2, 3, 4].map((n) => `column:column_${n}`)]);
    const [, day, name, money] = first.questions;
    assert.match(day!.detail!, /It looks like dates: "2026-05-01", "2026-05-02"/);
    assert.match(name!.detail!, /It looks like names: "Brand", "Shop"/);
    assert.match(money!.detail!, /numbers with decimals: "1.50", "2.25" \(2 cells, about 2 different\)/);
    assert.deepEqual([day!, money!].map(({ choices }) => choices[0]!.value), ["date", "spend"]);
    const done = await answered(services, first, {
      "dataset": "ads",
      "column:column_1": "date",
      "column:column_2": "campaign",
      "column:column_3": "spend",
      "column:column_4": "none",
    });
    assert.equal(done.state, "published", JSON.stringify(done.questions));

    const next = await importBytes(services, "2026-05-03;Other;3.00;7\n2026-05-04;Brand;4.00;9\n", {
      dataset: undefined,
    });
    assert.equal(next.state, "published", JSON.stringify(ids(next)));
    assert.match(next.findings.find(({ topic }) => topic === "mapping")!.evidence, /column:column_3/);
    const rows = await currentRows(services, "ads", "count(*) as n, sum(spend) as spend, sum(impressions) as seen");
    assert.deepEqual(rows.map(({ n, spend, seen }) => [Number(n), Number(spend), seen]), [[4, 10_750_000, null]]);

    // As many columns, and other things in them.
    const other = await importBytes(services, "Brand;2026-05-01;1.50;100\nShop;2026-05-02;2.25;200\n", {
      dataset: undefined,
    });
    assert.equal(other.state, "needs-mapping");
  }, { now: NOW });
});

Deno.test("an answer for another dataset is asked again, and a file of no measure is refused in the end", async () => {
  await withImportServices(async (services) => {
    const asked = await importBytes(services, "2026-05-01;10\n2026-05-02;20\n", { dataset: undefined });
    const orders = await answered(services, asked, { "dataset": "orders", "column:column_2": "impressions" });
    assert.deepEqual([orders.state, ids(orders)], ["needs-mapping", ["column:column_1", "column:column_2"]]);
    const none = await answered(services, orders, { "column:column_1": "date", "column:column_2": "none" });
    assert.deepEqual([none.state, none.error?.code], ["failed", "cannot-map"]);
    assert.match(none.error!.message, /no column was said to be a number that counts/);
  }, { now: NOW });
});

const own: DatasetInput = {
  id: "footfall",
  title: "Footfall",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "store", title: "Store", role: "dimension", type: "text", identity: true, synonyms: ["Filiale"] },
    { name: "visitors", title: "Visitors", role: "measure", type: "integer", synonyms: ["Besucher"] },
  ],
};

Deno.test("a dataset of somebody's own is recognised by its columns", async () => {
  await withImportServices(async (services) => {
    await putDataset(services, LOCAL_OWNER, datasetSchema.parse(own));
    const text = "Date,Filiale,Besucher\n2026-05-01,Bern,12\n2026-05-02,Basel,30\n";
    const job = await importBytes(services, text, { dataset: undefined });
    assert.deepEqual([job.state, job.dataset], ["published", "footfall"], JSON.stringify([job.error, job.questions]));
    assert.match(job.findings.find(({ topic }) => topic === "dataset")!.evidence, /"Besucher" belong to "Footfall"/);
    // A platform's own report knows better.
    const web = await importBytes(services, "Date,Clicks,Impressions,CTR,Position\n2026-05-01,1,10,10%,3.5\n", {
      dataset: undefined,
    });
    assert.equal(web.dataset, "web");
  }, { now: NOW });
});

Deno.test("a file that fits two datasets alike is asked, with what each makes of its headers; once", async () => {
  await withImportServices(async (services) => {
    await putDataset(services, LOCAL_OWNER, datasetSchema.parse(own));
    await putDataset(services, LOCAL_OWNER, datasetSchema.parse({ ...own, id: "doors", title: "Doors" }));
    const text = (day: string) => `Date,Store,Visitors\n${day},Bern,12\n`;
    const asked = await importBytes(services, text("2026-05-01"), { dataset: undefined });
    assert.deepEqual([asked.state, ids(asked)], ["needs-mapping", ["dataset"]]);
    const [{ detail, choices }] = asked.questions as [ImportJob["questions"][number]];
    assert.match(detail!, /"Visitors" belong to "Doors"; "Visitors" belong to "Footfall"/);
    assert.deepEqual(choices.map(({ value, preview }) => [value, preview[0]!.raw, preview[0]!.read]), [
      ["doors", "Visitors", "Visitors"],
      ["footfall", "Visitors", "Visitors"],
    ]);
    const done = await answered(services, asked, { dataset: "footfall" });
    assert.deepEqual([done.state, done.dataset], ["published", "footfall"]);
    const next = await importBytes(services, text("2026-05-02"), { dataset: undefined });
    assert.deepEqual([next.state, next.dataset], ["published", "footfall"]);
    // Whoever says it beforehand is not asked.
    const said = await importBytes(services, text("2026-05-03"), { dataset: "doors" });
    assert.deepEqual([said.state, said.dataset], ["published", "doors"]);
  }, { now: NOW });
});
