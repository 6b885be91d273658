import assert from "node:assert/strict";
import { Duck } from "./duckdb.ts";
import { datasetSchema } from "@/lib/model/mod.ts";
import { contentExpression, keyExpression, levelColumns, levelName, parseLevel } from "./row_keys.ts";

const dataset = datasetSchema.parse({
  id: "t",
  title: "T",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "platform", title: "Platform", role: "dimension", type: "text", identity: true },
    { name: "account", title: "Account", role: "dimension", type: "text", identity: true },
    { name: "campaign_id", title: "Campaign ID", role: "dimension", type: "text", identity: true },
    { name: "campaign", title: "Campaign", role: "dimension", type: "text", identity: true, labels: "campaign_id" },
    { name: "hour", title: "Hour", role: "dimension", type: "integer", identity: true },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer" },
  ],
});
const all = dataset.columns.map((c) => c.name);

Deno.test("levelColumns() names an entity by its id where the file has it", () => {
  assert.deepEqual(levelColumns(dataset, all), ["campaign_id", "hour"]);
  assert.deepEqual(levelColumns(dataset, ["date", "platform", "campaign"]), ["campaign"]);
  assert.equal(levelName("day", ["hour", "campaign_id"]), "day:campaign_id+hour");
  assert.deepEqual(parseLevel("week:"), { grain: "week", columns: [] });
  assert.throws(() => parseLevel("campaign"), /Cannot read the level "campaign"/);
});

Deno.test("keyExpression() tells apart what differs, and keeps what is stored for ever", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const level = "day:campaign_id+hour";
  const key = async (row: string) => {
    const sql = `select ${keyExpression(dataset, level, all)} as k from (select ${row})`;
    return (await duck.rows(sql))[0]!.k;
  };
  const row = (values: { account?: string; id?: string; name?: string; hour?: string }) =>
    `date '2026-01-02' as date, 'meta_ads' as platform, ${values.account ?? "'a'"} as account, ${
      values.id ?? "'7'"
    } as campaign_id, ${values.name ?? "'n'"} as campaign, ${values.hour ?? "1"} as hour, 1 as clicks`;
  const base = await key(row({}));
  // A stored key must stay what it is: this number may never change.
  assert.equal(base, KEY);
  assert.equal(await key(row({ name: "'other'" })), base);
  const keys = new Set(
    await Promise.all([
      row({}),
      row({ id: "null" }),
      row({ hour: "null::bigint" }),
      row({ account: "null" }),
      row({ account: "'a' || chr(31)", id: "'b'" }),
      row({ account: "'a'", id: "chr(31) || 'b'" }),
    ].map(key)),
  );
  assert.equal(keys.size, 6);
  const lacking = `select ${keyExpression(dataset, level, ["date", "platform", "account", "campaign_id"])} as k
    from (select ${row({})})`;
  assert.equal((await duck.rows(lacking))[0]!.k, await key(row({ hour: "null::bigint" })));
  await duck.close();
});
const KEY = 63901605430937171911926693480242501200n;

Deno.test("contentExpression() reads a column that is not there as null", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const rest = all.filter((name) => name !== "clicks");
  const [row] = await duck.rows(
    `select ${contentExpression(dataset, all)} = ${contentExpression(dataset, rest)} as same,
       ${contentExpression(dataset, all)} = ${contentExpression(dataset, ["date"])} as other
     from (select date '2026-01-02' as date, 'p' as platform, 'a' as account, '7' as campaign_id, 'n' as campaign,
       1 as hour, null as clicks)`,
  );
  assert.deepEqual(row, { same: true, other: false });
  await duck.close();
});
