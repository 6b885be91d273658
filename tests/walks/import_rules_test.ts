/** The dataset's rules on the walk of an import: what they do to it, and what it keeps of them. */
import assert from "node:assert/strict";
import { putDataset } from "@/lib/dataset/datasets.ts";
import { memoryCache } from "@/lib/cache/memory.ts";
import { adsDataset, ordersDataset } from "@/lib/model/datasets/mod.ts";
import { type ImportJob, LOCAL_OWNER, type RuleInput } from "@/lib/model/mod.ts";
import { loadQuality } from "@/lib/quality/mod.ts";
import { makeZip } from "@/tests/corpus/make_zip.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const HEAD = "date,platform,account,campaign,currency,impressions,clicks,spend\n";
const NOW = new Date("2026-03-10T12:00:00Z");

/** One row a day from 2026-01-01 on, each of the same size. */
function days(count: number, spend: (day: number) => number = () => 100): string {
  const rows = Array.from({ length: count }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},google_ads,A,One,EUR,1000,10,${spend(day)}`;
  });
  return HEAD + rows.join("\n");
}

const withRules = (services: WalkServices, rules: RuleInput[]) =>
  putDataset(services, LOCAL_OWNER, { ...adsDataset, rules });

Deno.test("a built-in dataset flags what is odd, lets it in, and lists it", async () => {
  await withImportServices(async (services) => {
    const job = await importBytes(
      services,
      HEAD + "2026-03-01,google_ads,A,One,EUR,10,50,-3\n2026-04-01,google_ads,A,One,EUR,10,1,3\n",
    );
    assert.equal(job.state, "published");
    assert.equal(job.counts.inserted, 2);
    assert.deepEqual(job.rules.filter(({ broken }) => broken > 0).map((r) => `${r.rule} ${r.result} ${r.broken}`), [
      "not-future flagged 1",
      "clicks-in-impressions flagged 1",
      "not-negative.spend flagged 1",
    ]);
    const flagged = await services.staging.flagged(LOCAL_OWNER.workspace, job.id, { offset: 0, limit: 10 });
    assert.deepEqual(flagged.rows.map(({ line, rule, value }) => `${line} ${rule} ${value}`), [
      "2 clicks-in-impressions 50",
      "2 not-negative.spend -3",
      "3 not-future 2026-04-01",
    ]);
  }, { now: NOW });
});

Deno.test("a rule can refuse the whole file: nothing of it goes in, and the error says which and how often", async () => {
  await withImportServices(async (services) => {
    await withRules(services, [
      { kind: "sum-of-parts", id: "r", parts: ["clicks"], whole: "impressions", action: "fail", threshold: 40 },
    ]);
    const bad = "2026-03-01,google_ads,A,One,EUR,10,50,3\n";
    const good = "2026-03-02,google_ads,A,One,EUR,10,1,3\n2026-03-03,google_ads,A,One,EUR,10,1,3\n";
    const tolerated = await importBytes(services, HEAD + bad + good);
    assert.equal(tolerated.state, "published");
    assert.equal(tolerated.rules[0]!.result, "tolerated");
    const refused = await importBytes(services, HEAD + bad.replaceAll("One", "Two"));
    assert.equal(refused.state, "failed");
    assert.equal(refused.error!.code, "rule-broken");
    assert.match(refused.error!.message, /breaks "Clicks is at most Impressions" \(1 row\)/);
    assert.deepEqual([refused.counts.read, refused.counts.refused, refused.counts.inserted], [1, 1, 0]);
    assert.deepEqual(refused.rules.map(({ rule, dataset, result }) => [rule, dataset, result]), [[
      "r",
      "ads",
      "failed",
    ]]);
    assert.deepEqual(await currentRows(services, "ads", "distinct campaign"), [{ campaign: "One" }]);
  }, { now: NOW });
});

Deno.test("rules of a file that goes to several datasets are told, counted and judged dataset by dataset", async () => {
  await withImportServices(async (services) => {
    const positive = { kind: "range", id: "positive", column: "revenue", min: 0 } as const;
    await putDataset(services, LOCAL_OWNER, { ...ordersDataset, rules: [positive] });
    const ads = (campaign: string) => `${HEAD}2026-03-01,google_ads,A,${campaign},EUR,10,50,3\n`;
    const orders = "date,orders,revenue\n2026-03-01,2,-20.50\n2026-03-02,2,-1\n";
    const zip = (campaign: string) =>
      makeZip([
        { name: "a.csv", data: ads(campaign) },
        { name: "b.csv", data: ads(`${campaign} too`) },
        { name: "orders.csv", data: orders },
      ]);
    const input = {
      dataset: undefined,
      filename: "x.zip",
      answers: { currency: "EUR", account: "A", platform: "shop" },
    };
    const broken = (job: ImportJob) =>
      job.rules.filter(({ broken }) => broken > 0).map((one) =>
        `${one.dataset} ${one.rule} ${one.result} ${one.broken}`
      );
    const first = await importBytes(services, zip("One"), input);
    assert.equal(first.state, "published", JSON.stringify([first.error, first.questions]));
    assert.deepEqual(broken(first), [
      "ads clicks-in-impressions flagged 2",
      "orders positive flagged 2",
    ]);
    const cache = memoryCache();
    const rulesIn = async (dataset: string) =>
      (await loadQuality({ ...services, cache }, LOCAL_OWNER, dataset)).brokenRules.map(({ rule, broken }) =>
        `${rule} ${broken}`
      );
    assert.deepEqual(await rulesIn("ads"), ["clicks-in-impressions 2"]);
    assert.deepEqual(await rulesIn("orders"), ["positive 2"]);

    await withRules(services, [
      { kind: "sum-of-parts", id: "r", parts: ["clicks"], whole: "impressions", action: "fail" },
    ]);
    const refused = await importBytes(services, zip("Two"), input);
    assert.equal(refused.error?.code, "rule-broken");
    assert.match(refused.error!.message, /at most Impressions" \(2 rows\), and Ads/);
    assert.deepEqual(broken(refused), ["ads r failed 2", "orders positive flagged 2"]);
    assert.deepEqual(refused.parts.map(({ table, counts }) => [table, counts.read, counts.refused]), [
      ["a.csv", 1, 1],
      ["b.csv", 1, 1],
      ["orders.csv", 2, 2],
    ]);
    assert.deepEqual([refused.counts.read, refused.counts.refused, refused.counts.inserted], [4, 4, 0]);
  }, { now: NOW });
});

Deno.test("a value can be held against another dataset", async () => {
  await withImportServices(async (services) => {
    const orders = await importBytes(services, "date,campaign,orders\n2026-03-01,One,5\n", { dataset: "orders" });
    assert.equal(orders.state, "published", JSON.stringify(orders.questions));
    await withRules(services, [
      {
        kind: "related",
        id: "sold",
        column: "campaign",
        dataset: ordersDataset.id,
        other: "campaign",
        action: "reject",
      },
      { kind: "related", id: "gone", column: "campaign", dataset: "nothing", other: "campaign" },
    ]);
    const job = await importBytes(
      services,
      HEAD + "2026-03-01,google_ads,A,One,EUR,10,5,3\n2026-03-01,google_ads,A,Two,EUR,10,5,3\n",
    );
    assert.equal(job.counts.rejected, 1);
    assert.deepEqual(job.rules.map(({ rule, result }) => `${rule} ${result}`), ["sold rejected", "gone not-checked"]);
    assert.deepEqual(await currentRows(services, "ads", "campaign"), [{ campaign: "One" }]);
  }, { now: NOW });
});

Deno.test("a day far off the usual is flagged, set aside, or refused, as the rule says", async () => {
  await withImportServices(async (services) => {
    const rule = { kind: "usual", id: "usual.spend", column: "spend", percent: 50 } as const;
    await withRules(services, [rule]);
    const first = await importBytes(services, days(20));
    assert.equal(first.rules[0]!.result, "not-checked");
    assert.match(first.rules[0]!.note!, /fewer than 7 days/);
    const later = HEAD + "2026-01-21,google_ads,A,One,EUR,1000,10,120\n2026-01-22,google_ads,A,One,EUR,1000,10,900\n";
    const flagged = await importBytes(services, later);
    assert.equal(flagged.counts.inserted, 2);
    assert.deepEqual(flagged.rules[0], {
      rule: "usual.spend",
      dataset: "ads",
      kind: "usual",
      title: "Spend per day is at most 50 % off the usual",
      action: "flag",
      broken: 1,
      result: "flagged",
      note: "2026-01-22 google_ads: 900, usually 100",
    });
    await withRules(services, [{ ...rule, action: "reject" }]);
    const aside = await importBytes(services, later.replaceAll("One", "Two"));
    assert.deepEqual([aside.counts.read, aside.counts.inserted, aside.counts.rejected], [2, 1, 1]);
    const { rows } = await services.staging.rejected(LOCAL_OWNER.workspace, aside.id, { offset: 0, limit: 10 });
    assert.deepEqual(rows, [{
      line: 3,
      column: "spend",
      value: "900",
      reason: "its day is more than 50 % off the usual",
      code: "unusual",
    }]);
    await withRules(services, [{ ...rule, action: "fail" }]);
    const refused = await importBytes(services, later.replaceAll("One", "Three"));
    assert.equal(refused.error?.code, "rule-broken");
    assert.match(refused.error!.message, /\(1 day: 2026-01-22 google_ads: 900, usually 100\)/);
  }, { now: NOW });
});

Deno.test("a file that is too old is flagged or refused", async () => {
  await withImportServices(async (services) => {
    await withRules(services, [{ kind: "fresh", id: "fresh", days: 30 }]);
    const old = await importBytes(services, days(5));
    assert.equal(old.state, "published");
    assert.equal(old.rules[0]!.result, "flagged");
    assert.equal(old.rules[0]!.note, "the newest day is 2026-01-05, 64 days ago");
    await withRules(services, [{ kind: "fresh", id: "fresh", days: 30, action: "fail" }]);
    const refused = await importBytes(services, days(5).replaceAll("One", "Two"));
    assert.equal(refused.error?.code, "rule-broken");
  }, { now: NOW });
});
