import assert from "node:assert/strict";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { knownHeaders } from "../identify.ts";
import { recogniseText } from "./recognise_text.ts";

const known = knownHeaders({ datasets: builtInDatasets, sources: [] });
const tables = (text: string) => recogniseText({ bytes: new TextEncoder().encode(text), complete: true }, known);
const see = (text: string) => tables(text)[0]!;

/** Rows of words and numbers, joined. */
function rows(delimiter: string, quote = ""): string {
  const cells = [["Day", "Campaign", "Clicks", "Cost"]];
  for (let n = 1; n < 6; n++) cells.push([`2026-11-0${n}`, `${quote}Brand ${n}, big${quote}`, `${n * 10}`, `${n}.50`]);
  return cells.map((line) => line.join(delimiter)).join("\n");
}

Deno.test("recogniseText() finds what cuts the lines, of one sign or several", () => {
  for (const delimiter of [";", "\t", "|", "||", "~|~", "^", "::", "\u0001", "#@#", "¦"]) {
    const found = see(rows(delimiter));
    assert.equal(found.dialect.delimiter, delimiter);
    assert.deepEqual(found.headers, ["Day", "Campaign", "Clicks", "Cost"], delimiter);
    assert.deepEqual(found.rows[0]!.cells, ["2026-11-01", "Brand 1, big", "10", "1.50"], delimiter);
  }
  const spaces = "Day Clicks Cost\n2026-11-01 10 1.50\n2026-11-02 20 2.50\n2026-11-03 30 3.50\n";
  assert.equal(see(spaces).dialect.delimiter, " ");
  assert.equal(see("sep=;\nDay;Clicks\n2026-11-01;1\n").dialect.delimiter, ";");
  assert.equal(see("Day;Cost\n2026-11-01;1,50\n2026-11-02;2,50\n2026-11-03;3,50\n").dialect.delimiter, ";");
});

Deno.test("recogniseText() takes a list of one column as it is, whatever its sentences hold", () => {
  const list = "Feedback\nGood, cheap and fast\nToo slow\nNice: really, really nice; again\nOk\nNo idea, sorry\n";
  const found = see(list);
  assert.deepEqual(found.headers, ["Feedback"]);
  assert.deepEqual(see("a\nb\nc\n").rows.map((row) => row.cells), [["b"], ["c"]]);
});

Deno.test("recogniseText() finds quotes and how they are escaped", () => {
  const double = see(rows(",", '"'));
  assert.deepEqual([double.dialect.quote, double.dialect.escape], ['"', undefined]);
  const single = see(rows(",", "'"));
  assert.deepEqual([single.dialect.quote, single.rows[0]!.cells[1]], ["'", "Brand 1, big"]);
  const slash = see('Name,Text,Clicks\nA,"say \\"hi\\", you",1\nB,"more \\"x\\"",2\n');
  assert.deepEqual([slash.dialect.escape, slash.rows[0]!.cells[1]], ["\\", 'say "hi", you']);
  const inches = see('Name,Size,Clicks\nA,5" pipe,1\nB,7" pipe,2\n');
  assert.deepEqual(inches.rows[0]!.cells, ["A", '5" pipe', "1"]);
  const dump = see("id\tname\tnote\n1\tA\tone\\ntwo\n2\tB\t\\N\n");
  assert.deepEqual(dump.rows.map(({ cells }) => cells[2]), ["one\ntwo", ""]);
});

Deno.test("recogniseText() finds headers below titles, settings, padding and blank lines", () => {
  const titled = see("Campaign report\n\nMay 1, 2026 - May 8, 2026\nCampaign\tImpr.\tCost\nA, b\t1\t2\n");
  assert.deepEqual(titled.headerLines, [4]);
  assert.deepEqual([titled.title, titled.preamble[1]], ["Campaign report", "May 1, 2026 - May 8, 2026"]);
  const settings =
    '"Report Name: Ads"\n"Time Zone: UTC"\n"Rows: 2"\n\n"Keyword","Shown","Hits"\n"a","1","2"\n"b","3","4"\n' +
    '\n"©2026 Somebody. All rights reserved."\n';
  const named = see(settings);
  assert.deepEqual([named.headerLines, named.title], [[5], "Ads"]);
  assert.deepEqual(named.footer, ["©2026 Somebody. All rights reserved."]);
  const pairs = see("Account:,Acme\nFrom:,1/10/2026\nTo:,31/10/2026\n\nThing,Shown,Hits,Sum\na,1,2,3\nb,3,4,5\n");
  assert.deepEqual([pairs.headerLines, pairs.headers], [[5], ["Thing", "Shown", "Hits", "Sum"]]);
  const padded = see("Sales by shop,,,\n,,,\nShop,2024,2025,2026\nA,1,2,3\nB,4,5,6\n");
  assert.deepEqual([padded.headerLines, padded.headers], [[3], ["Shop", "2024", "2025", "2026"]]);
  const commented = see("# made by hand\n#\nShop,Hits\nA,1\n# a note\nB,2\n");
  assert.deepEqual([commented.headerLines, commented.preamble], [[3], ["# made by hand", "#"]]);
});

Deno.test("recogniseText() puts two rows of headers together", () => {
  const groups = see("Shop,2025,,2026,\n,Clicks,Cost,Clicks,Cost\nA,1,2,3,4\nB,5,6,7,8\n");
  assert.deepEqual(groups.headerLines, [1, 2]);
  assert.deepEqual(groups.headers, ["Shop", "2025 Clicks", "2025 Cost", "2026 Clicks", "2026 Cost"]);
  const unitsBelow = see("Day,Campaign,Cost\n,,(EUR)\n2026-11-01,A,1\n2026-11-02,B,2\n");
  assert.deepEqual(unitsBelow.headers, ["Day", "Campaign", "Cost (EUR)"]);
});

Deno.test("recogniseText() sees that there are no headers", () => {
  const none = see("2026-11-01,A,1\n2026-11-02,B,2\n2026-11-03,C,3\n");
  assert.deepEqual([none.headerLines, none.dialect.skipLines], [[], 0]);
  assert.deepEqual(none.headers, ["column_1", "column_2", "column_3"]);
  assert.equal(none.rows.length, 3);
  assert.deepEqual(see("foo\nfoo\nfoo\n").headerLines, []);
  assert.deepEqual(see("Name,Town\nAnn,Rome\nBob,Bern\n").headerLines, [1]);
});

Deno.test("recogniseText() finds every table of a text, each with the lines above it", () => {
  const text = "# ---\n# Snapshot\n# Start date: 20260801\n\nTown,Users\nRome,1\nBern,2\n\n" +
    "# Start date: 20260802\nTown,Users,New users\nRome,3,1\nBern,4,2\n\n\nSource\nDevice,Hits,Sum,Share\na,1,2,3\nb,2,3,4\nlast note\n";
  const found = tables(text);
  assert.deepEqual(found.map(({ headerLines }) => headerLines), [[5], [10], [16]]);
  assert.deepEqual(found.map(({ dialect }) => [dialect.skipLines, dialect.lastLine]), [[5, 7], [10, 12], [
    16,
    undefined,
  ]]);
  assert.deepEqual(found.map(({ rows }) => rows.length), [2, 2, 2]);
  assert.deepEqual(found[1]!.preamble, ["# Start date: 20260802"]);
  assert.deepEqual([found[0]!.title, found[2]!.title], ["Snapshot", "Source"]);
  assert.deepEqual(found[2]!.footer, ["last note"]);
});

Deno.test("recogniseText() leaves a table in one piece, whatever stands between its records", () => {
  const blanks = see("Day,Name,Hits\n\n2026-11-01,A,1\n\n\n2026-11-02,B,2\n\n2026-11-03,C,3\n");
  assert.equal(blanks.rows.length, 3);
  const text = "Name,Town\n\nAnn,Rome\n\nBob,Bern\n\nEve,Oslo\n";
  assert.deepEqual(tables(text).map(({ rows }) => rows.length), [3]);
  const again = see("Name,Hits\nA,1\nB,2\nName,Hits\nC,3\n");
  assert.deepEqual([again.dialect.repeatedHeaders, again.rows.length], [true, 3]);
});

Deno.test("recogniseText() fits headers to records that are wider or narrower", () => {
  assert.deepEqual(see("A,B\n1,2,\n3,4,\n").headers, ["A", "B"]);
  assert.deepEqual(see("A,B,\n1,2\n3,4\n").headers, ["A", "B"]);
  assert.deepEqual(see("Clicks,Cost\n1,10,20\n2,30,40\n3,50,60\n").headers, ["column_1", "Clicks", "Cost"]);
  const short = see("Name,Hits,Note\nA,1\nB,2\nC,3,x\nD,4\n");
  assert.deepEqual([short.headers.length, short.dialect.leastCells], [3, 2]);
  const label = see("Name,Hits\n,6,Grand total\nA,2\nB,4\n");
  assert.deepEqual([label.headers, label.dialect.leastCells], [["Name", "Hits", "column_3"], 2]);
  const ragged = see("Name,Hits\nA,1\nB\nC,3,4\nD,5\nE,6\n");
  assert.deepEqual([ragged.headers, ragged.dialect.leastCells], [["Name", "Hits"], 2]);
});

Deno.test("recogniseText() refuses what holds nothing or no lines", () => {
  assert.throws(() => see(" \n "), { code: "empty-file" });
  const long = { bytes: new Uint8Array(1 << 20).fill(97), complete: false };
  assert.throws(() => recogniseText(long, known), { code: "not-a-table", message: /line 1 has no end within 512 KiB/ });
});

Deno.test("recogniseText() says what decided, with lines and counts", () => {
  const evidence = Object.fromEntries(see(rows(";")).findings.map((f) => [f.topic, `${f.finding}: ${f.evidence}`]));
  assert.deepEqual(evidence, {
    encoding: "UTF-8: only plain letters",
    delimiter: "semicolon: cuts 6 of 6 lines into 4 cells; comma would cut 5 into 2",
    header: "line 1: 4 of its names are known",
  });
});

Deno.test("recogniseText() finds a short table below a long preamble, and single figures between tables", () => {
  const settings = Array.from({ length: 12 }, (_, n) => `"Setting ${n}: on"`).join("\r\n");
  const report = see(
    `${settings}\r\n\r\n"Day","Campaign","Clicks"\r\n"2026-11-01","A","1,000"\r\n\r\n"© Somebody. "\r\n`,
  );
  assert.deepEqual([report.headerLines, report.rows.length], [[14], 1]);
  assert.deepEqual(report.footer, ["© Somebody."]);
  const cards = tables(
    "# Snapshot\nTown,Users,New users\nRome,1,1\nBern,2,1\n\n# Start date: 20260801\nUsers now\n12\n\n" +
      "# Start date: 20260801\nTown,Sessions\nRome,1\nBern,2\n",
  );
  assert.deepEqual(cards.map(({ headerLines, dialect }) => [headerLines[0], dialect.lastLine]), [[2, 4], [
    11,
    undefined,
  ]]);
});

Deno.test("recogniseText() does not take aligned words for cells", () => {
  const aligned = see("Day        Campaign   Cost\n2025-10-01 Brand      10.50\n2025-10-02 Generic    20.00\n");
  assert.equal(aligned.headers.length, 1);
});
