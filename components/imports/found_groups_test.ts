import assert from "node:assert/strict";
import { columnFindings } from "./column_findings.ts";
import { foundGroups } from "./found_groups.ts";

const found = (topic: string, finding: string, evidence = "why", agrees?: boolean) => ({
  topic,
  finding,
  evidence,
  ...agrees === undefined ? {} : { agrees },
});

Deno.test("foundGroups() puts findings together by what people ask, the source first, and keeps every reason", () => {
  const groups = foundGroups([
    found("encoding", "utf-16", "byte order mark"),
    found("delimiter", "tab", "cuts the header into 7 columns"),
    found("header", "line 3"),
    found("platform", "Google Ads", "its headers"),
    found("report", "campaign"),
    found("language", "German"),
    found("dates:Tag", "day.month.year", "54 of 90 dates"),
    found("numbers", 'decimal sign ","'),
    found("column:Kosten", "Spend", "synonym"),
    found("time-of-day", "hour 3"),
  ]);
  assert.deepEqual(groups.map(({ title, finding }) => [title, finding]), [
    ["Source", "Google Ads · campaign report"],
    ["File", "UTF-16, tab, header in line 3"],
    ["Language", 'German, decimal sign ",", day.month.year'],
    ["Time of day", "hour 3"],
  ]);
  assert.deepEqual(groups[2]!.reasons.at(-1), { finding: "Tag: day.month.year", evidence: "54 of 90 dates" });
});

Deno.test("foundGroups() names every dataset that a file's tables go to, each once", () => {
  const [goes] = foundGroups([found("dataset", "Ads"), found("dataset", "Orders"), found("dataset", "Ads")]);
  assert.deepEqual([goes!.title, goes!.finding, goes!.reasons.length], ["Goes to", "Ads, Orders", 3]);
});

Deno.test("foundGroups() says whether the file's own totals agree", () => {
  const totals = (...agrees: boolean[]) =>
    foundGroups(agrees.map((one, i) => found(`total:m${i}`, one ? "adds up" : `M${i} differs`, "1", one)))[0]!;
  assert.deepEqual([totals(true, true).finding, totals(true).agrees], [
    "The rows add up to the file's own totals",
    true,
  ]);
  assert.deepEqual([totals(true, false).finding, totals(true, false).agrees], ["M1 differs", false]);
  assert.equal(totals(false, false).finding, "2 sums differ from the file's own");
});

Deno.test("columnFindings() keeps colons in headers, and says what decided in words", () => {
  assert.deepEqual(columnFindings([found("column:Cost: total", "Spend", "synonym"), found("header", "line 1")]), [
    { header: "Cost: total", column: "Spend", decided: "known under this name too" },
  ]);
});

Deno.test("foundGroups() tells the rows' own days where the file says none, and a currency that is not named in words", () => {
  const findings = [{ topic: "currency", finding: "XXX", evidence: "the file names none" }];
  const [days, currency] = foundGroups(findings, "1 – 31 Oct 2026, by day");
  assert.deepEqual([days?.title, days?.finding], ["Days", "1 – 31 Oct 2026, by day"]);
  assert.deepEqual([currency?.title, currency?.finding], ["Currency", "Not named: amounts are shown without one"]);
  const above = { topic: "range", finding: "October", evidence: "line 2" };
  assert.deepEqual(foundGroups([above], "other days").map(({ finding }) => finding), ["October"]);
});
