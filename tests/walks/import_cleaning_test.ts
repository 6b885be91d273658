/** Cleaning on the walk of an import: what it tells, what can be turned off, and what the next file does by itself. */
import assert from "node:assert/strict";
import { putDataset } from "@/lib/dataset/datasets.ts";
import { saveTaxonomies } from "@/lib/dataset/save_rules.ts";
import { cleanAgain } from "@/lib/ingest/clean_again.ts";
import { getImport, publishImport, runImport } from "@/lib/ingest/imports.ts";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const HEAD = "date,platform,account,campaign,currency,impressions,clicks,spend,final_url\n";
const row = (day: number, campaign: string, rest = "EUR,1000,10,5,") =>
  `2026-03-0${day},google_ads,A,${campaign},${rest}\n`;

const steps = (job: ImportJob) =>
  job.cleaning.map(({ id, on, count }) => `${id} ${on ? "on" : "off"} ${count}`).filter((text) =>
    !/^currency/.test(text)
  );

const rerun = (services: WalkServices, { id }: ImportJob) => runImport(services, LOCAL_OWNER.workspace, id);

Deno.test("steps of cleaning are told with their counts, and each can be turned off before publishing", async () => {
  await withImportServices(async (services) => {
    const file = HEAD + row(1, "  Brand ") + row(2, "Brand") + row(3, "--", "EUR,--,1,1,") +
      row(4, "Shop", "EUR,5,1,1,");
    const job = await importBytes(services, file, { confirm: true });
    assert.equal(job.state, "ready");
    assert.deepEqual(steps(job), ["trim:campaign on 1", "empty:campaign on 1", "empty:impressions on 1"]);
    await assert.rejects(
      () => cleanAgain(services, LOCAL_OWNER, job.id, { "empty:impressions": "off" }),
      /the steps of this import are "trim:campaign", "empty:campaign"/,
    );
    await cleanAgain(services, LOCAL_OWNER, job.id, { "trim:campaign": "off", "empty:campaign": "off" });
    const again = await rerun(services, job);
    assert.equal(again.state, "ready");
    assert.deepEqual(steps(again).slice(0, 2), ["trim:campaign off 1", "empty:campaign off 1"]);
    await publishImport(services, LOCAL_OWNER, job.id);
    assert.equal((await rerun(services, job)).state, "published");
    assert.deepEqual(
      (await currentRows(services, "ads", "campaign")).map(({ campaign }) => campaign).sort(),
      ["  Brand ", "--", "Brand", "Shop"],
    );
    const next = await importBytes(services, HEAD + row(5, " Other "));
    assert.deepEqual(steps(next), ["trim:campaign off 1"], "the next file of this shape is cleaned alike");
  });
});

Deno.test("a slip in a name is suggested, never mended by itself, and once accepted mended in later files too", async () => {
  await withImportServices(async (services) => {
    const good = Array.from({ length: 6 }, (_, day) => row(day + 1, "Data Analytics Course")).join("");
    const job = await importBytes(services, HEAD + good + row(7, "Data Anlytics Corse"));
    const id = "spelling:campaign:Data Anlytics Corse";
    const step = job.cleaning.find((step) => step.id === id)!;
    assert.deepEqual([step.on, step.suggested, step.count, step.kind], [false, true, 1, "spelling"]);
    assert.deepEqual(step.examples, [{ from: "Data Anlytics Corse", to: "Data Analytics Course" }]);
    const names = async () =>
      (await currentRows(services, "ads", "distinct campaign")).map(({ campaign }) => campaign).sort();
    assert.deepEqual(await names(), ["Data Analytics Course", "Data Anlytics Corse"]);

    const next = await cleanAgain(services, LOCAL_OWNER, job.id, { [id]: "on" });
    assert.notEqual(next.id, job.id);
    assert.equal((await getImport(services, LOCAL_OWNER, job.id)).state, "rolled-back");
    assert.equal((await rerun(services, next)).state, "published");
    assert.deepEqual(await names(), ["Data Analytics Course"]);
    assert.equal(
      (await currentRows(services, "ads", "campaign")).length,
      7,
      "nothing is lost and nothing counts twice",
    );

    const later = await importBytes(services, HEAD + row(8, "Data Anlytics Corse"));
    assert.deepEqual(steps(later), [`${id} on 1`]);
    assert.deepEqual(await names(), ["Data Analytics Course"]);
  });
});

Deno.test("names are taken apart by the dataset's pattern, and those that break it are listed with the reason", async () => {
  await withImportServices(async (services) => {
    await putDataset(services, LOCAL_OWNER, {
      ...adsDataset,
      columns: [
        ...adsDataset.columns,
        ...["brand", "market", "tactic", "quarter"].map((name) => (
          { name, title: name, role: "dimension" as const, type: "text" as const }
        )),
      ],
      taxonomies: [{ id: "names", column: "campaign", pattern: "{brand}_{market:us|de}_{tactic}_{quarter}" }],
    });
    const file = HEAD + row(1, "acme_us_search_q3") + row(2, "Acme_DE_social_q4_2026") + row(3, "acme_fr_search_q3");
    const job = await importBytes(services, file);
    const step = job.cleaning.find(({ kind }) => kind === "taxonomy")!;
    assert.equal(step.count, 2);
    assert.deepEqual(step.misfits, [{ value: "acme_fr_search_q3", fault: '"fr_search_q3" is no {market}: us, de' }]);
    assert.deepEqual(
      (await currentRows(services, "ads", "brand, market, tactic, quarter")).map((r) => Object.values(r).join("|"))
        .sort(),
      ["Acme|DE|social|q4_2026", "acme|us|search|q3", "|||"],
    );
  });
});

Deno.test("with several patterns a name goes by the first that it fits, and is held against the nearest where it fits none", async () => {
  await withImportServices(async (services) => {
    await saveTaxonomies(services, LOCAL_OWNER, "ads", [
      { id: "long", column: "campaign", pattern: "{brand}_{market:us|de}_{tactic}" },
      { id: "short", column: "campaign", pattern: "{brand}-{tactic}" },
    ]);
    const file = HEAD + row(1, "acme_us_search") + row(2, "acme-social") + row(3, "acme_fr_search") + row(4, "plain");
    const job = await importBytes(services, file);
    const taken = job.cleaning.filter(({ kind }) => kind === "taxonomy");
    assert.deepEqual(taken.map(({ id, count, misfits }) => [id, count, misfits.map(({ value }) => value)]), [
      ["taxonomy:long", 1, ["acme_fr_search", "plain"]],
      ["taxonomy:short", 1, []],
    ]);
    assert.deepEqual(
      (await currentRows(services, "ads", "brand, market, tactic")).map((r) => Object.values(r).join("|")).sort(),
      ["acme|us|search", "acme||social", "||", "||"],
    );
  });
});

Deno.test("however long a cell is, an import keeps only what can be looked at of it", async () => {
  await withImportServices(async (services) => {
    const long = "x".repeat(300_000);
    const job = await importBytes(
      services,
      HEAD + row(1, ` ${long} `) + row(2, long, `EUR,1,1,1,https://a.example/${long}`),
    );
    assert.equal(job.state, "published");
    assert.deepEqual(job.cleaning.map(({ kind }) => kind), ["trim", "url", "currency"]);
    assert.ok(JSON.stringify(job.cleaning).length < 5_000);
  });
});

Deno.test("URLs are taken apart into host, path and UTM tags, where the file does not bring them itself", async () => {
  await withImportServices(async (services) => {
    const url =
      "https://me:pw@shop.example:8443/sale/shoes?utm_source=google&UTM_Medium=cpc&utm_campaign=Spring%20sale+26#top";
    const job = await importBytes(
      services,
      HEAD + row(1, "One", `EUR,10,1,1,${url}`) + row(2, "Two", "EUR,10,1,1,/just/a/path?utm_term=%zz") +
        row(3, "Three"),
    );
    assert.equal(job.state, "published", job.error?.message);
    assert.deepEqual(steps(job), ["url:final_url on 2"]);
    const parts = "utm_source, utm_medium, utm_campaign, utm_term, url_host, url_path, campaign";
    const rows = (await currentRows(services, "ads", parts)).map((r) => Object.values(r).join("|")).sort();
    assert.deepEqual(rows, [
      "google|cpc|Spring sale 26||shop.example|/sale/shoes|One",
      "|||%zz||/just/a/path|Two",
      "||||||Three",
    ]);
  });
});
