/** Files with several tables: one import with parts, published together, each in its dataset. */
import assert from "node:assert/strict";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import {
  createImport,
  getImport,
  rejectedRows,
  restoreImport,
  resumeImports,
  rollbackImport,
  runImport,
} from "@/lib/ingest/imports.ts";
import { memoryCache } from "@/lib/cache/memory.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { makeWorkbook } from "@/tests/corpus/make_workbook.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Act, DatasetRef, PublishResult, Warehouse } from "@/lib/warehouse/mod.ts";
import { makeZip } from "@/tests/corpus/make_zip.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const WORKSPACE = LOCAL_OWNER.workspace;

const SEARCH_CONSOLE = "Date,Clicks,Impressions,CTR,Position\n2026-02-03,1,10,10%,3.5\n2026-02-04,2,20,10%,4\n";
const ADS = "Day,Campaign,Cost,Impr.,Clicks\n2026-02-03,A,1.50,100,1\n2026-02-04,A,2.50,200,x\n2026-02-05,A,1,1,1\n";

function published(job: ImportJob): ImportJob {
  assert.equal(job.state, "published", JSON.stringify([job.error, job.questions], null, 1));
  const { removed: _ended, read, ...became } = job.counts;
  assert.equal(read, Object.values(became).reduce((a, b) => a + b), "counts add up");
  for (const { counts: { removed: _gone, read, ...rest } } of job.parts) {
    assert.equal(read, Object.values(rest).reduce((a, b) => a + b), "each part's counts add up");
  }
  return job;
}

/** The warehouse, with something around its switch. */
function switchingBy(
  { warehouse }: WalkServices,
  around: (acts: Act[], act: (acts: Act[]) => Promise<PublishResult[]>) => Promise<PublishResult[]>,
): Warehouse {
  return new Proxy(warehouse, {
    get(store, name) {
      if (name === "together") return (acts: Act[]) => around(acts, (some) => store.together(some));
      const value = Reflect.get(store, name);
      return typeof value === "function" ? value.bind(store) : value;
    },
  });
}

const rowsOf = async (services: WalkServices, dataset: string) => {
  const [row] = await currentRows(services, dataset, "count(*) as n");
  return Number(row!.n);
};

Deno.test("an archive of reports becomes one import; each table goes to its own dataset", async () => {
  await withImportServices(async (services) => {
    const zip = makeZip([
      { name: "Chart.csv", data: SEARCH_CONSOLE },
      { name: "ads.csv", data: ADS },
      { name: "Filters.csv", data: "Filter,Value\nSearch type,Web\n" },
      {
        name: "Queries.csv",
        data: "Top queries,Clicks,Impressions,CTR,Position\nshoes,2,20,10%,2.5\nboots,1,10,10%,5\n",
      },
      { name: "notes.pdf", data: "%PDF-1.7" },
    ]);
    const job = published(await importBytes(services, zip, { filename: "export.zip" }));
    assert.deepEqual(job.parts.map((part) => [part.table, part.dataset, part.counts.inserted, part.counts.rejected]), [
      ["Chart.csv", "web", 2, 0],
      ["ads.csv", "ads", 2, 1],
      ["Queries.csv", "web", 2, 0],
    ]);
    // Queries have no days of their own: those of the chart beside them.
    assert.deepEqual(job.parts[2]!.range, { from: "2026-02-03", to: "2026-02-04" });
    assert.deepEqual([job.counts.read, job.counts.inserted, job.counts.rejected], [7, 6, 1]);
    const left = job.findings.filter(({ topic }) => topic === "left-out").map(({ finding }) => finding);
    assert.deepEqual(left, ['"notes.pdf"', '"Filters.csv"']);
    assert.deepEqual([await rowsOf(services, "web"), await rowsOf(services, "ads")], [4, 2]);
    const { total, rows } = await rejectedRows(services, LOCAL_OWNER, job.id, { offset: 0, limit: 10 });
    assert.deepEqual([total, rows[0]?.table, rows[0]?.line, rows[0]?.column], [1, "ads.csv", 3, "Clicks"]);

    assert.equal((await rollbackImport(services, LOCAL_OWNER, job.id)).state, "rolled-back");
    assert.deepEqual([await rowsOf(services, "web"), await rowsOf(services, "ads")], [0, 0]);
    assert.equal((await restoreImport(services, LOCAL_OWNER, job.id)).state, "published");
    assert.deepEqual([await rowsOf(services, "web"), await rowsOf(services, "ads")], [4, 2]);
    const twin = await importBytes(services, zip, { filename: "again.zip" });
    assert.deepEqual([twin.state, twin.duplicateOf], ["duplicate", job.id]);
  });
});

const PLAIN_ADS = "Date,Campaign,Cost,Impressions,Clicks\n2026-02-03,A,1.50,100,1\n2026-02-04,A,2.50,200,2\n";
const PLAIN_ORDERS = "Date,Orders,Revenue\n2026-02-03,2,20.50\n2026-02-04,3,30.25\n";

Deno.test("where nobody chose a dataset each table goes where its columns say, and the same file is known again", async () => {
  await withImportServices(async (services) => {
    const answers = { currency: "EUR", account: "Shop", platform: "shop" };
    const book = makeWorkbook([
      { name: "Shop", rows: PLAIN_ORDERS.trim().split("\n").map((line) => line.split(",")) },
      { name: "Ads", rows: PLAIN_ADS.trim().split("\n").map((line) => line.split(",")) },
    ]);
    for (const [chosen, filename] of [[undefined, "both.xlsx"], ["orders", "chosen.xlsx"]] as const) {
      const job = published(
        await importBytes(services, book, { dataset: chosen, filename, answers, again: chosen !== undefined }),
      );
      assert.deepEqual(job.parts.map(({ table, dataset }) => [table, dataset]), [["Shop", "orders"], ["Ads", "ads"]]);
      assert.deepEqual([job.dataset, job.chosen], ["orders", chosen !== undefined]);
      const told = job.findings.filter(({ topic }) => topic === "dataset").map(({ evidence }) => evidence);
      assert.equal(told.filter((text) => text.includes("was chosen for the file")).length, chosen ? 1 : 0);
    }
    assert.deepEqual([await rowsOf(services, "orders"), await rowsOf(services, "ads")], [2, 2]);
    const twin = await importBytes(services, book, { dataset: undefined, filename: "again.xlsx" });
    assert.deepEqual([twin.state, twin.dataset], ["duplicate", "orders"]);
  });
});

Deno.test("a dataset that was chosen is kept for a single table that fits it; without a choice its columns tell", async () => {
  await withImportServices(async (services) => {
    const answers = { currency: "EUR", account: "Shop", platform: "shop" };
    const text = "Date,Campaign,Cost,Clicks,Revenue\n2026-02-03,A,1.50,7,20\n2026-02-04,A,2,8,30\n";
    const kept = published(await importBytes(services, text, { dataset: "orders", answers }));
    assert.deepEqual(kept.parts.map(({ dataset }) => dataset), ["orders"]);
    const told = published(await importBytes(services, text + "\n", { dataset: undefined, answers }));
    assert.deepEqual(told.parts.map(({ dataset }) => dataset), ["ads"]);
  });
});

Deno.test("several tables in one text are parts of one import, also in one dataset", async () => {
  await withImportServices(async (services) => {
    const text =
      "# ---\n# Start date: 20260201\n# End date: 20260228\n# ---\nCity,Active users,Sessions\nRome,5,7\nBern,3,4\n\n" +
      "# Start date: 20260201\n# End date: 20260228\nDevice category,Active users,Sessions\nmobile,6,8\ndesktop,2,3\n";
    const job = published(await importBytes(services, text, { filename: "snapshot.csv" }));
    assert.deepEqual(
      job.parts.map(({ dataset, range, counts }) => [dataset, range?.from, range?.to, counts.inserted]),
      [
        ["web", "2026-02-01", "2026-02-28", 2],
        ["web", "2026-02-01", "2026-02-28", 2],
      ],
    );
    assert.notEqual(job.parts[0]!.level, job.parts[1]!.level);
    // The dataset that was chosen is not the one that the rows belong to.
    assert.equal(job.dataset, "web");
    const twin = await importBytes(services, text, { filename: "snapshot.csv" });
    assert.deepEqual([twin.state, twin.duplicateOf], ["duplicate", job.id]);
  });
});

Deno.test("a workbook's sheets are parts; its days, shares and texts arrive as they were meant", async () => {
  await withImportServices(async (services) => {
    const day = (value: number) => ({ value, format: "dd/mm/yyyy" });
    const book = makeWorkbook([
      {
        name: "Ads",
        rows: [
          ["Campaign report"],
          [],
          ["Day", "Campaign", "Cost", "Clicks"],
          [day(46327), "=1+1", 1.5, 10],
          [day(46328), "B", { value: 2.25, format: '"$"#,##0.00' }, 20],
          [],
          ["© 2026 Somebody"],
        ],
      },
      { name: "Notes", rows: [["made by hand"]] },
    ]);
    const job = published(await importBytes(services, book, { filename: "ads.xlsx" }));
    assert.deepEqual(job.parts.map(({ table, dataset }) => [table, dataset]), [["ads.xlsx", "ads"]]);
    const rows = await currentRows(services, "ads", "date::varchar as day, campaign, spend, clicks");
    assert.deepEqual(rows.sort((a, b) => String(a.day) < String(b.day) ? -1 : 1), [
      { day: "2026-11-01", campaign: "=1+1", spend: 1_500_000n, clicks: 10n },
      { day: "2026-11-02", campaign: "B", spend: 2_250_000n, clicks: 20n },
    ]);
    assert.match(job.findings.find(({ topic }) => topic === "footer")!.evidence, /line 7: © 2026 Somebody/);
  });
});

Deno.test("an import of parts that was killed after its switch, or by an earlier program between two parts, ends whole", async () => {
  for (const counted of [2, 1]) {
    await withImportServices(async (services) => {
      const zip = makeZip([{ name: "Chart.csv", data: SEARCH_CONSOLE }, { name: "ads.csv", data: PLAIN_ADS }]);
      const body = new Blob([zip]).stream();
      const answers = { currency: "EUR" };
      const { id } = await createImport(services, LOCAL_OWNER, { dataset: "ads", filename: "x.zip", answers, body });
      const controller = new AbortController();
      const warehouse = switchingBy(services, async (acts, act) => {
        const results = await act(acts.slice(0, counted));
        controller.abort(new Error("killed"));
        return results;
      });
      await assert.rejects(
        () => runImport({ ...services, warehouse }, WORKSPACE, id, { signal: controller.signal }),
        /killed/,
      );
      assert.equal((await getImport(services, LOCAL_OWNER, id)).state, "running");
      assert.deepEqual([await rowsOf(services, "web"), await rowsOf(services, "ads")], [2, counted === 2 ? 2 : 0]);
      assert.equal(await resumeImports(services, WORKSPACE), 1);
      const done = published(await runImport(services, WORKSPACE, id));
      assert.deepEqual(done.parts.map(({ dataset, version }) => [dataset, version]), [["web", 1], ["ads", 1]]);
      assert.deepEqual([await rowsOf(services, "web"), await rowsOf(services, "ads")], [2, 2]);
    });
  }
});

Deno.test("where a part cannot be published, none is, and no version is made", async () => {
  await withImportServices(async (services) => {
    const zip = makeZip([{ name: "Chart.csv", data: SEARCH_CONSOLE }, { name: "ads.csv", data: ADS }]);
    // The rows of the second part are gone when their turn comes.
    const warehouse = switchingBy(services, async (acts, act) => {
      await services.warehouse.unstage(acts[1]!.ref, acts[1]!.import);
      return await act(acts);
    });
    const body = new Blob([zip]).stream();
    const { id } = await createImport(services, LOCAL_OWNER, { dataset: "ads", filename: "x.zip", body });
    const job = await runImport({ ...services, warehouse }, WORKSPACE, id);
    assert.deepEqual([job.state, job.error?.code], ["failed", "not-found"]);
    for (const dataset of await listDatasets(services, WORKSPACE)) {
      assert.equal((await services.warehouse.state({ workspace: WORKSPACE, dataset })).version, 0, dataset.id);
    }
  });
});

Deno.test("a question over two datasets sees both as they stood at one moment", async () => {
  await withImportServices(async (services) => {
    const zip = makeZip([{ name: "orders.csv", data: PLAIN_ORDERS }, { name: "ads.csv", data: PLAIN_ADS }]);
    const answers = { currency: "EUR", account: "Shop", platform: "shop" };
    const job = published(await importBytes(services, zip, { dataset: undefined, filename: "both.zip", answers }));
    const cache = memoryCache();
    const query = {
      dataset: "orders",
      metrics: ["revenue", { name: "spent", formula: "ads.spend" }],
      range: { from: "2026-02-01", to: "2026-02-28" },
    };
    const asked = await runMetricQuery({ ...services, cache }, LOCAL_OWNER, query);
    assert.deepEqual(asked.rows, [{ revenue: 50.75, spent: 4 }]);
    // The import is taken back after the first of both versions was read.
    let turned = false;
    const warehouse = new Proxy(services.warehouse, {
      get(store, name) {
        const value = Reflect.get(store, name);
        if (name !== "state") return typeof value === "function" ? value.bind(store) : value;
        return async (ref: DatasetRef) => {
          const state = await store.state(ref);
          if (ref.dataset.id === "ads" && !turned) {
            turned = true;
            await rollbackImport(services, LOCAL_OWNER, job.id);
          }
          return state;
        };
      },
    });
    const { rows } = await runMetricQuery({ ...services, cache, warehouse }, LOCAL_OWNER, query);
    assert.deepEqual(rows, [{ revenue: null, spent: null }]);
  });
});

/** A snapshot of one property: its account above the first table only, and each series of the days in a table of its own. */
const SNAPSHOT = [
  "# ----------------------------------------",
  "# Reports snapshot",
  "# Account: Acme",
  "# Property: Acme - GA4",
  "# ----------------------------------------",
  "#",
  "# All Users",
  "# Start date: 20260901",
  "# End date: 20260903",
  "Nth day,Active users",
  "0000,10",
  "0001,12",
  "0002,14",
  "",
  "# All Users",
  "# Start date: 20260901",
  "# End date: 20260903",
  "Nth day,New users,Sessions",
  "0000,5,20",
  "0001,6,22",
  "0002,7,24",
  "",
].join("\n");

Deno.test("tables that say different things of the same days are put together, under the account above the first", async () => {
  await withImportServices(async (services) => {
    const job = published(await importBytes(services, SNAPSHOT, { dataset: undefined, filename: "snapshot.csv" }));
    assert.deepEqual(job.parts.map(({ counts }) => [counts.inserted, counts.updated]), [[3, 0], [0, 3]]);
    const rows = await currentRows(services, "web", "date::varchar as day, account, active_users, new_users, sessions");
    assert.deepEqual(rows.sort((a, b) => String(a.day) < String(b.day) ? -1 : 1), [
      { day: "2026-09-01", account: "Acme", active_users: 10n, new_users: 5n, sessions: 20n },
      { day: "2026-09-02", account: "Acme", active_users: 12n, new_users: 6n, sessions: 22n },
      { day: "2026-09-03", account: "Acme", active_users: 14n, new_users: 7n, sessions: 24n },
    ]);
    const joined = job.findings.filter(({ topic }) => topic === "joined");
    assert.match(joined[0]?.finding ?? "", /^3 rows of "All Users" stand in "Reports snapshot" too$/);
  });
});
