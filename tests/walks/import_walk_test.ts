/** The walk of an import: questions and answers, duplicates, rollback, crashes; on generated files. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  answerImport,
  cancelImport,
  createImport,
  getImport,
  listImports,
  publishImport,
  rejectedRows,
  restoreImport,
  resumeImports,
  rollbackImport,
  runImport,
} from "@/lib/ingest/imports.ts";
import { changeImport } from "@/lib/ingest/ledger.ts";
import { UnavailableError } from "@/lib/errors.ts";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const WORKSPACE = LOCAL_OWNER.workspace;

async function answered(services: WalkServices, job: ImportJob, answers: Record<string, string>): Promise<ImportJob> {
  await answerImport(services, LOCAL_OWNER, job.id, answers);
  return await runImport(services, WORKSPACE, job.id);
}

Deno.test("an import asks for the order of dates that can be read in two ways, and remembers the answer", async () => {
  await withImportServices(async (services) => {
    const job = await importBytes(services, "Day,Campaign,Clicks\n01/02/2026,A,1\n03/04/2026,A,2\n");
    assert.equal(job.state, "needs-mapping");
    const [question] = job.questions;
    assert.equal(question!.id, "dates:Day");
    assert.deepEqual(question!.choices.map((c) => [c.value, c.preview[0]]), [
      ["%m/%d/%Y", { raw: "01/02/2026", read: "2026-01-02" }],
      ["%d/%m/%Y", { raw: "01/02/2026", read: "2026-02-01" }],
    ]);
    await assert.rejects(() => answerImport(services, LOCAL_OWNER, job.id, { "dates:Day": "%Y" }), /Cannot take "%Y"/);
    await assert.rejects(() => answerImport(services, LOCAL_OWNER, job.id, { other: "x" }), /asked was "dates:Day"/);
    const done = await answered(services, job, { "dates:Day": "%d/%m/%Y" });
    assert.equal(done.state, "published");
    assert.deepEqual(done.parts[0]!.range, { from: "2026-02-01", to: "2026-04-03" });
    const next = await importBytes(services, "Day,Campaign,Clicks\n05/06/2026,A,3\n");
    assert.equal(next.state, "published");
    assert.deepEqual(next.parts[0]!.range, { from: "2026-06-05", to: "2026-06-05" });
  });
});

Deno.test("an import asks which decimal sign amounts such as 1.234 have, unless whole numbers tell", async () => {
  await withImportServices(async (services) => {
    const asked = await importBytes(services, "Day;Campaign;Cost\n2026-01-02;A;1.234\n");
    assert.deepEqual(asked.questions.map((q) => [q.id, q.choices.map((c) => c.preview[0]!.read)]), [
      ["numbers", ["1.234", "1\u202f234"]],
    ]);
    const done = await answered(services, asked, { numbers: "," });
    assert.equal(done.state, "published");
    assert.deepEqual(await currentRows(services, "ads", "spend"), [{ spend: 1_234_000_000n }]);
    const told = await importBytes(services, "Day;Campaign;Cost;Impr.;Clicks\n2026-01-03;A;1.500;2.000;1\n");
    assert.equal(told.state, "published");
    const [row] = await services.duck.rows(
      "select spend, impressions from ws_default.ads_rows where date = date '2026-01-03' and _to is null",
    );
    assert.deepEqual(row, { spend: 1_500_000_000n, impressions: 2_000n });
  });
});

Deno.test("an import asks about a text column that separates rows; kept, it becomes a column", async () => {
  await withImportServices(async (services) => {
    const text = "Day,Campaign,Creative size,Clicks\n2026-01-02,A,big,1\n2026-01-02,A,small,2\n";
    const job = await importBytes(services, text);
    assert.deepEqual(job.questions.map((q) => q.id), ["separates:Creative size"]);
    const kept = await answered(services, job, { "separates:Creative size": "keep" });
    assert.equal(kept.state, "published", JSON.stringify(kept.error));
    assert.equal(kept.parts[0]!.level, "day:campaign+creative_size");
    const other = await importBytes(services, text.replace("Creative size", "Sort"));
    const ignored = await answered(services, other, { "separates:Sort": "ignore" });
    assert.deepEqual([ignored.counts.read, ignored.counts.inserted, ignored.counts.collapsed], [2, 1, 1]);
  });
});

Deno.test("an import takes the platform's only account, and asks where several are known", async () => {
  await withImportServices(async (services) => {
    const file = (day: string, account: string) =>
      `Day,Campaign${account && ",Account"},Clicks\n2026-01-0${day},A${account && `,${account}`},1\n`;
    await importBytes(services, file("1", "Acme"));
    const only = await importBytes(services, file("2", ""));
    assert.match(only.findings.find((f) => f.topic === "account")!.finding, /Acme/);
    await importBytes(services, file("3", "Beta"));
    const asked = await importBytes(services, file("4", ""));
    assert.deepEqual(asked.questions.map((q) => [q.id, q.choices.map((c) => c.value)]), [["account", [
      "Acme",
      "Beta",
    ]]]);
    assert.equal((await answered(services, asked, { account: "Gamma" })).state, "published");
  });
});

Deno.test("an import asks for the currency only where another is there already", async () => {
  await withImportServices(async (services) => {
    const file = (day: string, header: string) => `Day,Campaign,${header}\n2026-01-0${day},A,1.50\n`;
    const first = await importBytes(services, file("1", "Cost"));
    assert.match(first.findings.find((f) => f.topic === "currency")!.finding, /XXX/);
    await importBytes(services, file("2", "Cost (EUR)"));
    const asked = await importBytes(services, file("3", "Cost"));
    assert.deepEqual(asked.questions.map((q) => [q.id, q.choices.map((c) => c.value)]), [["currency", ["EUR", "XXX"]]]);
    assert.equal((await answered(services, asked, { currency: "EUR" })).state, "published");
    const rows = await currentRows(services, "ads", "date::varchar as day, currency");
    assert.deepEqual(rows.map((r) => r.currency).sort(), ["EUR", "EUR", "XXX"]);
  });
});

Deno.test("the same file again is a duplicate while its rows are current; rolled back, it is imported", async () => {
  await withImportServices(async (services) => {
    const file = "Day,Campaign,Clicks\n2026-01-01,A,1\n2026-01-02,A,2\n";
    const first = await importBytes(services, file);
    const twin = await importBytes(services, file);
    assert.deepEqual([twin.state, twin.duplicateOf], ["duplicate", first.id]);
    const forced = await importBytes(services, file, { again: true });
    assert.deepEqual([forced.state, forced.counts.unchanged], ["published", 2]);
    await rollbackImport(services, LOCAL_OWNER, forced.id);
    const back = await rollbackImport(services, LOCAL_OWNER, first.id);
    assert.equal(back.state, "rolled-back");
    assert.deepEqual(await currentRows(services, "ads", "1"), []);
    await assert.rejects(() => rollbackImport(services, LOCAL_OWNER, first.id), /it is rolled-back, not published/);
    assert.equal((await restoreImport(services, LOCAL_OWNER, first.id)).state, "published");
    assert.equal((await currentRows(services, "ads", "1")).length, 2);
    // A later import that changes a row makes the first file news again.
    const changed = await importBytes(services, file.replace("A,2", "A,5"));
    assert.deepEqual([changed.counts.unchanged, changed.counts.updated], [1, 1]);
    const again = await importBytes(services, file);
    assert.deepEqual([again.state, again.counts.updated], ["published", 1]);
    assert.equal((await listImports(services, LOCAL_OWNER)).imports[0]!.id, again.id);
  });
});

Deno.test("an import with confirm waits before publishing, and shows what would change", async () => {
  await withImportServices(async (services) => {
    const file = "Day,Campaign,Clicks\n2026-01-01,A,1\n2026-01-02,A,x\n";
    const job = await importBytes(services, file, { confirm: true });
    assert.deepEqual([job.state, job.counts.inserted, job.counts.rejected], ["ready", 1, 1]);
    assert.equal((await services.warehouse.state({ workspace: WORKSPACE, dataset: adsDataset })).version, 0);
    await publishImport(services, LOCAL_OWNER, job.id);
    assert.equal((await runImport(services, WORKSPACE, job.id)).state, "published");
    const { rows, total } = await rejectedRows(services, LOCAL_OWNER, job.id, { offset: 0, limit: 10 });
    assert.equal(total, 1);
    assert.deepEqual(rows[0], {
      line: 3,
      column: "Clicks",
      value: "x",
      reason: 'is no whole number (decimal sign ".")',
      code: "not-a-whole-number",
    });
    const other = await importBytes(services, file.replace("01-01", "02-01"), { confirm: true });
    assert.equal((await cancelImport(services, LOCAL_OWNER, other.id)).state, "cancelled");
    assert.equal((await runImport(services, WORKSPACE, other.id)).state, "cancelled");
  });
});

Deno.test("an import that was interrupted anywhere goes on, and counts nothing twice", async () => {
  await withImportServices(async (services) => {
    const file = `Day,Campaign,Clicks\n${Array.from({ length: 50 }, (_, n) => `2026-01-01,C${n},${n}`).join("\n")}\n`;
    const body = new Blob([file]).stream();
    const { id } = await createImport(services, LOCAL_OWNER, { dataset: "ads", filename: "x.csv", body });
    const steps: [keyof WalkServices, string][] = [
      ["staging", "read"],
      ["staging", "profile"],
      ["staging", "clean"],
      ["warehouse", "stage"],
      ["warehouse", "together"],
    ];
    for (const [store, step] of steps) {
      // Dies right after the step: what the process was about to note is never noted.
      const controller = new AbortController();
      const target = services[store] as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
      const dying = new Proxy(target, {
        get: (object, name: string) =>
          name !== step ? object[name]!.bind(object) : async (...values: unknown[]) => {
            const answer = await object[name]!(...values);
            controller.abort(new Error("killed"));
            return answer;
          },
      });
      const broken = { ...services, [store]: dying };
      await assert.rejects(() => runImport(broken, WORKSPACE, id, { signal: controller.signal }), /killed/, step);
      assert.equal((await getImport(services, LOCAL_OWNER, id)).state, "running");
    }
    assert.equal(await resumeImports(services, WORKSPACE), 1);
    const done = await runImport(services, WORKSPACE, id);
    assert.deepEqual(
      [done.state, done.version, done.counts.inserted],
      ["published", 1, 50],
      JSON.stringify(done.error),
    );
    const [sum] = await currentRows(services, "ads", "sum(clicks) as clicks, count(*) as n");
    assert.deepEqual(sum, { clicks: 1225n, n: 50n });
    const left = [...Deno.readDirSync(`${services.directory}/staging`)].map((entry) => entry.name);
    assert.deepEqual(left.filter((name) => name.includes("import_")), []);
  });
});

Deno.test("an import that another process took over is left to it: what was overtaken writes nothing more", async () => {
  await withImportServices(async (services) => {
    const body = new Blob(["Day,Campaign,Clicks\n2026-01-01,A,1\n"]).stream();
    const { id } = await createImport(services, LOCAL_OWNER, { dataset: "ads", filename: "x.csv", body });
    for (const step of ["read", "together"]) {
      const [reached, thaw] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const freeze = <T extends object>(store: T) =>
        new Proxy(store, {
          get: (object, name: string) => {
            const method = (object as Record<string, (...values: unknown[]) => Promise<unknown>>)[name]!;
            return name !== step ? method.bind(object) : async (...values: unknown[]) => {
              reached.resolve();
              await thaw.promise;
              return await method.apply(object, values);
            };
          },
        });
      const frozen = { ...services, staging: freeze(services.staging), warehouse: freeze(services.warehouse) };
      const late = runImport(frozen, WORKSPACE, id).catch((error) => error);
      await reached.promise;
      const done = step === "together" ? await runImport(services, WORKSPACE, id) : null;
      if (!done) await changeImport(services, WORKSPACE, id, (job) => ({ fence: job.fence + 1 }));
      thaw.resolve();
      assert.equal((await late).name, "ImportTakenOverError", step);
      if (done) assert.deepEqual(await getImport(services, LOCAL_OWNER, id), done);
    }
    const [sum] = await currentRows(services, "ads", "sum(clicks) as clicks, count(*) as n");
    assert.deepEqual(sum, { clicks: 1n, n: 1n });
  });
});

Deno.test("an import waits for a store that is away, where whoever runs it will run it again; else it fails", async () => {
  await withImportServices(async (services) => {
    const body = new Blob(["Day,Campaign,Clicks\n2026-01-01,A,1\n"]).stream();
    const { id } = await createImport(services, LOCAL_OWNER, { dataset: "ads", filename: "x.csv", body });
    const away = new Proxy(services.warehouse, {
      get: (warehouse, name: string) =>
        name === "together"
          ? () => Promise.reject(new UnavailableError("The database is away"))
          : (warehouse as unknown as Record<string, (...values: unknown[]) => unknown>)[name]!.bind(warehouse),
    });
    const broken = { ...services, warehouse: away };
    await assert.rejects(() => runImport(broken, WORKSPACE, id, { again: true }), UnavailableError);
    assert.equal((await getImport(services, LOCAL_OWNER, id)).state, "running");
    assert.equal((await runImport(services, WORKSPACE, id, { again: true })).state, "published");
    const other = await createImport(services, LOCAL_OWNER, {
      dataset: "ads",
      filename: "y.csv",
      body: new Blob(["Day,Campaign,Clicks\n2026-01-02,A,1\n"]).stream(),
    });
    const failed = await runImport(broken, WORKSPACE, other.id);
    assert.deepEqual([failed.state, failed.error?.code], ["failed", "unavailable"]);
  });
});

Deno.test("an import of something that is no table says so kindly", async () => {
  await withImportServices(async (services) => {
    const cases: [Uint8Array | string, string][] = [
      [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), "damaged-archive"],
      ["%PDF-1.4 …", "not-a-table"],
      ["", "empty-file"],
      ["Day,Campaign,Clicks\n", "empty-file"],
      ["Day,Campaign,Clicks\n2026-01-01,A,\0\n", "nul-byte"],
    ];
    for (const [bytes, code] of cases) {
      const job = await importBytes(services, bytes);
      assert.deepEqual([job.state, job.error?.code], ["failed", code]);
    }
  });
});

Deno.test("whatever its quoting, line ends, encoding and locale, a file's rows and sums arrive as written", async () => {
  const row = fc.record({
    campaign: fc.string({
      unit: fc.constantFrom("a", "B", "é", "ß", '"', ",", ";", "\t", "\n", "\r", "'", "€"),
      minLength: 1,
      maxLength: 8,
    })
      .filter((name) => name.trim() === name && !/^[–—-]+$/.test(name)),
    cents: fc.integer({ min: -99_999_999, max: 9_999_999_999 }),
    clicks: fc.integer({ min: 0, max: 2_000_000_000 }),
  });
  const shape = fc.record({
    rows: fc.uniqueArray(row, { minLength: 1, maxLength: 12, selector: (r) => r.campaign.toLowerCase() }),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    delimiter: fc.constantFrom(",", ";", "\t"),
    locale: fc.constantFrom("en", "de", "plain"),
    encoding: fc.constantFrom("utf-8", "bom", "utf-16"),
    final: fc.boolean(),
    quoteAll: fc.boolean(),
    blanks: fc.boolean(),
  });
  await withImportServices(async (services) => {
    let day = 0;
    await fc.assert(
      fc.asyncProperty(shape, async ({ rows, end, delimiter, locale, encoding, final, quoteAll, blanks }) => {
        day++;
        const date = new Date(Date.UTC(2000, 0, day)).toISOString().slice(0, 10);
        const money = (cents: number) => {
          const plain = (cents / 100).toFixed(2);
          if (locale === "plain") return plain;
          const [whole, fraction] = plain.split(".");
          const grouped = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, locale === "en" ? "," : ".");
          return `${grouped}${locale === "en" ? "." : ","}${fraction}`;
        };
        const quote = (value: string) =>
          quoteAll || /["\r\n,;\t']/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
        const table = [
          ["Day", "Campaign", "Cost (EUR)", "Clicks"],
          ...rows.map((r) => [date, r.campaign, money(r.cents), String(r.clicks)]),
        ].map((cells) => cells.map(quote).join(delimiter));
        const text = table.join(blanks ? end + end : end) + (final ? end : "");
        const bytes = encoding === "utf-16"
          ? utf16(text)
          : new TextEncoder().encode((encoding === "bom" ? "\ufeff" : "") + text);
        const job = await importBytes(services, bytes);
        assert.equal(job.state, "published", JSON.stringify([job.error, job.questions, text]));
        assert.deepEqual([job.counts.read, job.counts.inserted], [rows.length, rows.length], text);
        const stored = await services.duck.rows(
          `select campaign, spend, clicks from ws_default.ads_rows where date = $1::date and _to is null`,
          [date],
        );
        const expected = rows.map((r) => ({
          campaign: r.campaign,
          spend: BigInt(r.cents) * 10_000n,
          clicks: BigInt(r.clicks),
        }));
        const byName = (a: { campaign?: unknown }, b: { campaign?: unknown }) =>
          String(a.campaign) < String(b.campaign) ? -1 : 1;
        assert.deepEqual(stored.sort(byName), expected.sort(byName), text);
      }),
      { numRuns: 40 },
    );
  });
});

function utf16(text: string): Uint8Array {
  const units = new Uint16Array([0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))]);
  return new Uint8Array(units.buffer);
}

Deno.test("an import keeps its first rows as they stand now, beside what the file has there", async () => {
  await withImportServices(async (services) => {
    const csv =
      "Report\n\nDay;Campaign;Cost;Impr.;Currency code\n01.02.2026;Brand;1.402,18;--;EUR\n31.02.2026;Bad;1,5;1;EUR\n" +
      "13.02.2026;Shopping;918,4;44.310;EUR\nTotal;;2.320,58;44.310;EUR\n";
    const job = await importBytes(services, csv, { confirm: true });
    assert.equal(job.state, "ready");
    const { columns, rows } = job.sample!;
    assert.deepEqual(columns.slice(0, 5).map(({ name, header }) => [name, header]), [
      ["date", "Day"],
      ["campaign", "Campaign"],
      ["currency", "Currency code"],
      ["impressions", "Impr."],
      ["spend", "Cost"],
    ]);
    assert.deepEqual(rows.map(({ line, read, raw }) => [line, read.slice(0, 5), raw.slice(0, 5)]), [
      [4, ["2026-02-01", "Brand", "EUR", null, 1402.18], ["01.02.2026", "Brand", "EUR", "--", "1.402,18"]],
      [6, ["2026-02-13", "Shopping", "EUR", 44310, 918.4], ["13.02.2026", "Shopping", "EUR", "44.310", "918,4"]],
    ]);
    assert.ok(columns.slice(5).every(({ header }) => header === null), "what no column says comes last");
  });
});

Deno.test("an import that waits says which rows its file lacks; they stay, or end where that is chosen", async () => {
  await withImportServices(async (services) => {
    const csv = (...campaigns: string[]) =>
      `Day,Campaign,Clicks\n${campaigns.map((name, i) => `2026-02-01,${name},${i + 1}`).join("\n")}\n`;
    await importBytes(services, csv("A", "B", "C"));
    const kept = async () => (await currentRows(services, "ads", "campaign")).map(({ campaign }) => campaign).sort();
    const publish = async (job: ImportJob, mode?: "merge" | "replace") => {
      assert.deepEqual([job.state, job.parts[0]!.missing], ["ready", 2]);
      await publishImport(services, LOCAL_OWNER, job.id, { mode });
      return await runImport(services, WORKSPACE, job.id);
    };
    const merged = await publish(await importBytes(services, csv("A").replace(",1", ",9"), { confirm: true }));
    assert.deepEqual([merged.state, merged.counts.removed, merged.parts[0]!.missing], ["published", 0, 2]);
    assert.deepEqual(await kept(), ["A", "B", "C"]);
    const replaced = await publish(
      await importBytes(services, csv("A").replace(",1", ",8"), { confirm: true }),
      "replace",
    );
    assert.deepEqual([replaced.state, replaced.mode, replaced.counts.removed], ["published", "replace", 2]);
    assert.deepEqual(await kept(), ["A"]);
    await rollbackImport(services, LOCAL_OWNER, replaced.id);
    assert.deepEqual(await kept(), ["A", "B", "C"]);
  });
});

Deno.test("an import says from which of its days on the report was not over yet", async () => {
  await withImportServices(async (services) => {
    const csv = "Day,Campaign,Clicks\n2026-02-01,A,1\n2026-02-02,A,2\n";
    assert.equal((await importBytes(services, csv)).parts[0]!.provisionalFrom, "2026-02-02");
    const settled = csv.replaceAll("2026-02", "2026-01");
    assert.equal((await importBytes(services, settled)).parts[0]!.provisionalFrom, undefined);
  }, { now: new Date("2026-02-02T10:00:00Z") });
});
