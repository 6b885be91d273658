import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { datasetSchema } from "@/lib/model/mod.ts";
import { openDuckStaging } from "./duckdb.ts";
import type { FileDialect, Staging, StagingPlan } from "./mod.ts";

const dataset = datasetSchema.parse({
  id: "t",
  title: "T",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date", required: true },
    { name: "platform", title: "Platform", role: "dimension", type: "text", identity: true },
    { name: "account", title: "Account", role: "dimension", type: "text", identity: true },
    { name: "campaign", title: "Campaign", role: "dimension", type: "text", identity: true },
    { name: "status", title: "Status", role: "dimension", type: "text" },
    { name: "currency", title: "Currency", role: "dimension", type: "text" },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer", min: 0 },
    { name: "spend", title: "Spend", role: "measure", type: "decimal", unit: "currency" },
    { name: "reach", title: "Reach", role: "measure", type: "integer", additive: false },
  ],
});

const plan: StagingPlan = {
  importId: "a",
  dataset,
  grain: "day",
  nullTokens: ["--", "null"],
  totals: { labels: ["total(:.*)?"], headers: ["Campaign"], blankHeaders: ["Day", "Campaign"] },
  columns: {
    date: { from: "header", header: "Day", as: "date", formats: ["%d.%m.%Y"] },
    platform: { from: "constant", value: "it's" },
    account: { from: "constant", value: "main" },
    campaign: { from: "header", header: "Campaign", as: "text" },
    status: { from: "header", header: "Status", as: "text" },
    clicks: { from: "header", header: "Clicks", as: "number", decimal: ",", divisor: 1 },
    spend: { from: "header", header: "Spend", as: "number", decimal: ",", divisor: 1 },
    reach: { from: "header", header: "Reach", as: "number", decimal: ",", divisor: 1 },
  },
};

async function withStaging(
  work: (
    staging: Staging,
    write: (text: string, dialect?: Partial<FileDialect>) => Promise<FileDialect>,
    duck: Duck,
  ) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: ":memory:", stagingDirectory: directory });
  try {
    await work(openDuckStaging({ duck, stagingDirectory: directory }), async (text, dialect = {}) => {
      const path = `${directory}/in.csv`;
      await Deno.writeTextFile(path, text);
      return { path, encoding: "utf-8", delimiter: ";", quote: '"', skipLines: 0, header: true, ...dialect };
    }, duck);
  } finally {
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
}

const FILE = `Day;Campaign;Status;Clicks;Spend;Reach;Note
01.02.2026;A;on;1.234;"1.234,5678905";10;x
01.02.2026;"B ""q""";on;5;€ 0,10;--;x
1.2.2026;C;on;7;(2,50);null;x
31.02.2026;D;on;1;1;1;x
02.02.2026;E;on;-1;1;1;x
02.02.2026;F;on;1;1.5;1;x
02.02.2026;G;on;1,5;1;1;x
02.02.2026;H;on;1;1;5;x
02.02.2026;H;on;1;1;5;x
02.02.2026;H;off;2;2;6;x
;Total: all;;1.252;1.239,167891;;
;;;9;9;;
`;

Deno.test("Staging.clean() makes typed rows, sets aside what breaks a rule, and its counts add up", async () => {
  await withStaging(async (staging, write, duck) => {
    const raw = await staging.read("default", "a", await write(FILE));
    assert.deepEqual(raw.headers, ["Day", "Campaign", "Status", "Clicks", "Spend", "Reach", "Note"]);
    assert.equal(raw.rows, 12);
    const staged = await staging.clean("default", plan);
    assert.deepEqual(staged.counts, { read: 12, rows: 4, collapsed: 1, duplicates: 1, rejected: 4, totals: 2 });
    assert.equal(staged.level, "day:campaign");
    assert.deepEqual(staged.range, { from: "2026-02-01", to: "2026-02-02" });
    assert.deepEqual(staged.duplicateLines, [10]);
    assert.deepEqual(staged.collapsedLines, [11]);
    const rows = await duck.rows(
      `select _line, date::varchar as date, _until::varchar as until, platform, campaign, status, clicks, spend, reach
       from ${staged.relation} order by _line`,
    );
    const row = (line: number, day: string, campaign: string, rest: object) => ({
      _line: BigInt(line),
      date: day,
      until: day,
      platform: "it's",
      campaign,
      ...rest,
    });
    assert.deepEqual(rows, [
      row(2, "2026-02-01", "A", { status: "on", clicks: 1234n, spend: 1234567891n, reach: 10n }),
      row(3, "2026-02-01", 'B "q"', { status: "on", clicks: 5n, spend: 100000n, reach: null }),
      row(4, "2026-02-01", "C", { status: "on", clicks: 7n, spend: -2500000n, reach: null }),
      row(9, "2026-02-02", "H", { status: null, clicks: 3n, spend: 3000000n, reach: null }),
    ]);
    const rejected = await staging.rejected("default", "a", { offset: 0, limit: 10 });
    assert.equal(rejected.total, 4);
    assert.deepEqual(rejected.rows.map((r) => [r.line, r.column, r.value, r.code]), [
      [5, "Day", "31.02.2026", "not-a-date"],
      [6, "Clicks", "-1", "out-of-range"],
      [7, "Spend", "1.5", "not-a-number"],
      [8, "Clicks", "1,5", "not-a-whole-number"],
    ]);
  });
});

Deno.test("Staging.clean() counts equal records each where only so the file's own total fits", async () => {
  await withStaging(async (staging, write) => {
    const text = "Day;Campaign;Clicks\n01.02.2026;A;5\n01.02.2026;A;5\n;Total;10\n";
    await staging.read("default", "a", await write(text));
    const columns = Object.fromEntries(
      Object.entries(plan.columns).filter(([name]) => !["status", "spend", "reach"].includes(name)),
    );
    const staged = await staging.clean("default", { ...plan, columns });
    assert.deepEqual(staged.counts, { read: 3, rows: 1, collapsed: 1, duplicates: 0, rejected: 0, totals: 1 });
    assert.equal(staged.duplicatesSummed, true);
    assert.deepEqual(staged.rowTotals, { clicks: 10n });
    assert.deepEqual(staged.fileTotals, { clicks: 10n });
  });
});

Deno.test("Staging.clean() sets rows of one key in several currencies aside", async () => {
  await withStaging(async (staging, write) => {
    const text = "Day;Campaign;Currency;Spend\n01.02.2026;A;EUR;5\n01.02.2026;A;USD;5\n02.02.2026;A;USD;5\n";
    await staging.read("default", "a", await write(text));
    const { date, platform, account, campaign, spend } = plan.columns;
    const currency = { from: "header", header: "Currency", as: "text" } as const;
    const columns = {
      date: date!,
      platform: platform!,
      account: account!,
      campaign: campaign!,
      spend: spend!,
      currency,
    };
    const staged = await staging.clean("default", { ...plan, columns });
    assert.deepEqual(staged.counts, { read: 3, rows: 1, collapsed: 0, duplicates: 0, rejected: 2, totals: 0 });
    const { rows } = await staging.rejected("default", "a", { offset: 0, limit: 10 });
    assert.deepEqual(rows.map((row) => [row.line, row.value, row.code]), [[2, "EUR", "mixed-currency"], [
      3,
      "USD",
      "mixed-currency",
    ]]);
  });
});

Deno.test("Staging.read() keeps records it cannot cut, with line and reason, and the lines of all others", async () => {
  await withStaging(async (staging, write) => {
    const text = 'a;b\r\n1;2\n"x\ny";3\n\n4\n5;6;7\n8;9;;\n"open;1\n10;11';
    const raw = await staging.read("default", "b", await write(text));
    assert.deepEqual({ rows: raw.rows, unreadable: raw.unreadable }, { rows: 4, unreadable: 3 });
    assert.deepEqual(await staging.head("default", "b", 10), [
      { line: 2, cells: ["1", "2"] },
      { line: 3, cells: ["x\ny", "3"] },
      { line: 8, cells: ["8", "9"] },
      { line: 10, cells: ["10", "11"] },
    ]);
    const { rows } = await staging.rejected("default", "b", { offset: 0, limit: 10 });
    assert.deepEqual(rows.map((row) => [row.line, row.value, row.code]), [
      [6, "4", "wrong-cell-count"],
      [7, "5;6;7", "wrong-cell-count"],
      [9, '"open;1', "unterminated-quote"],
    ]);
    assert.equal(await staging.countDistinct("default", "b", ["a", "b"]), 4);
    assert.equal(await staging.countUnequal("default", "b", "a", "b"), 4);
    await staging.discard("default", "b");
    assert.equal((await staging.rejected("default", "b", { offset: 0, limit: 1 })).total, 3);
    await staging.forget("default", "b");
    assert.equal((await staging.rejected("default", "b", { offset: 0, limit: 1 })).total, 0);
  });
});

Deno.test("Staging.read() refuses a file with a NUL byte, naming the place", async () => {
  await withStaging(async (staging, write) => {
    const dialect = await write("a;b\n1;\0\n");
    await assert.rejects(() => staging.read("default", "c", dialect), /line 2 holds a NUL byte at position 3/);
  });
});

Deno.test("Staging.profile() tells dates, number styles, currencies and nothing apart over the whole column", async () => {
  await withStaging(async (staging, write) => {
    const text = `date;point;comma;unclear;money;share;name\n${
      [
        ["2/13/2026", "1.5", "1.234,5", "1.234", "$1,000.50", "12%", "a"],
        ["2/1/2026", "1,234.5", "2,5", "12", "$2", "< 10%", "--"],
        ["2/2/2026", "7", "7", "5.678", "USD 3", "> 90 %", "b2"],
      ].map((row) => row.join(";")).join("\n")
    }\n`;
    const raw = await staging.read("default", "d", await write(text));
    const [date, point, comma, unclear, money, share, name] = await staging.profile("default", "d", raw.headers, {
      nullTokens: ["--"],
    });
    assert.deepEqual(date!.dateFormats, { "%m/%d/%Y": 3, "%d/%m/%Y": 2 });
    assert.deepEqual(date!.dateOnly, { "%m/%d/%Y": 1 });
    assert.equal(date!.dates, 3);
    const { ambiguous: _a, ...dots } = point!.numbers;
    assert.deepEqual(dots, { dot: 3, comma: 1, either: 1, ambiguousDot: 0, ambiguousComma: 0, plain: 2, digits: 1 });
    assert.equal(comma!.numbers.comma, 3);
    assert.equal(comma!.numbers.dot, 1);
    assert.deepEqual(unclear!.numbers, {
      dot: 3,
      comma: 3,
      either: 1,
      ambiguousDot: 2,
      ambiguousComma: 0,
      ambiguous: ["1.234", "5.678"],
      plain: 3,
      digits: 1,
    });
    assert.deepEqual(money!.currencies, ["$", "USD"]);
    assert.equal(share!.percents, 3);
    assert.equal(share!.masked, 2);
    assert.equal(name!.filled, 2);
  });
});

Deno.test("Staging.profile() says the same of cells that repeat, cells that do not, and cells past its sample", async () => {
  await withStaging(async (staging, write) => {
    const rows = 9_000;
    const lines = Array.from({ length: rows }, (_, n) => {
      const last = n === rows - 1;
      // The last record alone is odd in every column.
      const few = last ? ["x ", "--", "$ 7", "Total: all", ""] : ["x", "y", String(n % 7), `c${n % 5}`, "z"];
      const many = last ? ["x ", "--", "$ 7", "Total: all", ""] : [`x${n}`, `y${n}`, String(n), `c${n}`, `z${n}`];
      return [...few, ...many].join(";");
    });
    const headers = ["text", "nothing", "number", "total", "empty"];
    const all = [...headers, ...headers.map((name) => `${name} many`)];
    const raw = await staging.read("default", "p", await write(`${all.join(";")}\n${lines.join("\n")}\n`));
    const profiles = await staging.profile("default", "p", raw.headers, {
      nullTokens: ["--"],
      totalLabels: ["totals?(?:\\s*:.*)?"],
    });
    const counts = profiles.map(({ header, filled, empty, nothing, padded, totals, currencies, numbers }) => ({
      header,
      counts: [filled, empty, nothing, padded, totals, currencies.length, numbers.digits],
    }));
    const expected = [
      [rows, 0, 0, 1, 0, 0, 0],
      [rows - 1, 0, 1, 0, 0, 0, 0],
      [rows, 0, 0, 0, 0, 1, rows - 1],
      [rows, 0, 0, 0, 1, 0, 0],
      [rows - 1, 1, 0, 0, 0, 0, 0],
    ];
    assert.deepEqual(counts, all.map((header, n) => ({ header, counts: expected[n % 5] })));
    assert.equal(profiles[2]!.distinct, 8);
    assert.deepEqual(profiles[1]!.samples, ["y"]);
  });
});

Deno.test("clean() takes away the signs by which spreadsheets keep digits a text", async () => {
  await withStaging(async (staging, write) => {
    const text = 'Day;Campaign;Status;Clicks;Spend;Reach\n01.09.2026;"=""0123""";a;1;1;1\n02.09.2026;\'0123;a;1;1;1\n' +
      "03.09.2026;'tis;a;1;1;1\n";
    await staging.read("default", "a", await write(text));
    const campaign = { from: "header", header: "Campaign", as: "text", withoutSigns: true } as const;
    await staging.clean("default", { ...plan, columns: { ...plan.columns, campaign } });
    const rows = await staging.sample("default", "a", { columns: ["campaign"], limit: 3 });
    assert.deepEqual(rows.map(({ cells }) => cells[0]), ["0123", "0123", "'tis"]);
  });
});

Deno.test("clean() fills empty cells with the ones above them, and no total line", async () => {
  await withStaging(async (staging, write) => {
    const text = "Day;Campaign;Status;Clicks;Spend;Reach\n01.09.2026;A;a;1;1;1\n;B;a;2;1;1\n;total;a;3;2;2\n" +
      "02.09.2026;A;a;4;1;1\n --;B;a;5;1;1\n";
    await staging.read("default", "a", await write(text));
    const date = { ...plan.columns.date!, fill: true } as StagingPlan["columns"][string];
    const { counts } = await staging.clean("default", { ...plan, columns: { ...plan.columns, date } });
    assert.deepEqual([counts.rows, counts.totals, counts.rejected], [4, 1, 0]);
    const rows = await staging.sample("default", "a", { columns: ["date", "clicks"], limit: 5 });
    assert.deepEqual(rows.map(({ cells }) => cells.map(String).join(" ")), [
      "2026-09-01 1",
      "2026-09-01 2",
      "2026-09-02 4",
      "2026-09-02 5",
    ]);
  });
});

Deno.test("countUnequal() lets times of day go, and ends a day at the next midnight", async () => {
  await withStaging(async (staging, write) => {
    const text = "a;b\n2026-09-01T00:00:00Z;2026-09-01T23:59:59Z\n2026-09-01T00:00:00Z;2026-09-02T00:00:00Z\n" +
      "2026-09-01 00:00;2026-09-03 00:00\n2026-09-01;2026-09-02\n";
    await staging.read("default", "b", await write(text));
    assert.equal(await staging.countUnequal("default", "b", "a", "b"), 2);
  });
});
