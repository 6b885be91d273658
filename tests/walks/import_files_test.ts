/** Real files of `../shared/data/marketing`, from upload to stored rows. */
import assert from "node:assert/strict";
import { answerImport, rejectedRows, runImport } from "@/lib/ingest/imports.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const DATA = new URL("../../../shared/data/marketing/", import.meta.url);

function walk(file: string, dataset: string, work: (services: WalkServices, job: ImportJob) => Promise<void>): void {
  const path = new URL(file.split("/").map(encodeURIComponent).join("/"), DATA);
  let there = true;
  try {
    Deno.statSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    there = false;
  }
  Deno.test({
    name: `import of ${file}${there ? "" : " (skipped: ../shared/data is not there)"}`,
    ignore: !there,
    fn: () =>
      withImportServices(async (services) => {
        const job = await importBytes(services, await Deno.readFile(path), {
          dataset,
          filename: file.split("/").at(-1)!,
        });
        await work(services, job);
      }),
  });
}

function addsUp({ counts, error, questions }: ImportJob): void {
  const { read, inserted, updated, unchanged, collapsed, duplicates, rejected, totals } = counts;
  assert.equal(
    read,
    inserted + updated + unchanged + collapsed + duplicates + rejected + totals,
    JSON.stringify({ counts, error, questions }),
  );
}

walk("digital-marketing-daily/Marketing.csv", "ads", async (services, job) => {
  assert.equal(job.state, "published", JSON.stringify([job.error, job.questions]));
  addsUp(job);
  assert.equal(job.counts.inserted, 308);
  assert.match(job.findings.find((f) => f.topic === "dates:c_date")!.finding, /month\/day\/year/);
  assert.deepEqual(job.parts.map((p) => [p.level, p.range]), [["day:campaign_id", {
    from: "2021-02-01",
    to: "2021-02-28",
  }]]);
  const [sum] = await currentRows(
    services,
    "ads",
    "sum(spend) as spend, sum(impressions) as impressions, sum(clicks) as clicks, sum(conversion_value) as value",
  );
  const lines = (await Deno.readTextFile(new URL("digital-marketing-daily/Marketing.csv", DATA))).trim().split("\r\n")
    .slice(1);
  const cents = (n: number) => lines.reduce((total, line) => total + Math.round(Number(line.split(",")[n]) * 1e6), 0);
  assert.equal(sum!.spend, BigInt(cents(6)));
  assert.equal(sum!.value, BigInt(cents(10)));
  assert.equal(sum!.impressions, BigInt(cents(5) / 1e6));
  assert.equal(sum!.clicks, BigInt(cents(7) / 1e6));
});
