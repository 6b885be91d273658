/** CSV suites of other people, recognised and read without being told anything: as their expected files say. */
import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { recogniseFile } from "@/lib/ingest/recognise/mod.ts";
import { stageTables } from "@/lib/ingest/stage_tables.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import { builtInSources } from "@/plugins/mod.ts";

const SUITES = new URL("../../../shared/data/csv/", import.meta.url);
const there = await Deno.stat(SUITES).then(() => true, () => false);

/** The only table of a file: its headers, where it has any, and its records. */
type ReadFile = (file: string) => Promise<{ headers: string[] | null; rows: string[][]; encoding: string }>;

function suite(name: string, work: (read: ReadFile) => Promise<void>): void {
  Deno.test({
    name: `${name}${there ? "" : " (skipped: ../shared/data is not there)"}`,
    ignore: !there,
    async fn() {
      const directory = await Deno.makeTempDir();
      const duck = await Duck.open({ path: ":memory:", stagingDirectory: directory, threads: 1 });
      const staging = openDuckStaging({ duck, stagingDirectory: directory });
      try {
        await work(async (file) => {
          const path = `${directory}/file`;
          await Deno.copyFile(new URL(file, SUITES), path);
          const open = await recogniseFile(path, { datasets: builtInDatasets, sources: builtInSources }, directory);
          const workspace = "default";
          const { tables } = await stageTables(staging, open, { workspace, importId: "t", path, onPath() {} });
          assert.equal(tables.length, 1, file);
          const [{ recognition, raw, id, text }] = tables as [typeof tables[number]];
          await staging.read(workspace, id, { ...recognition.dialect, path: text, blankRecords: "kept" });
          const rows = (await staging.head(workspace, id, 100_000)).map(({ cells }) => cells.map((cell) => cell ?? ""));
          await staging.discard(workspace, id);
          await open.close();
          const headers = recognition.headerLines.length > 0 ? raw.headers : null;
          return { headers, rows, encoding: recognition.dialect.encoding };
        });
      } finally {
        await duck.close();
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}

const expected = (file: string) => Deno.readTextFile(new URL(file, SUITES));

suite("csv-spectrum is read as its expected JSON says", async (read) => {
  for await (const { name } of Deno.readDir(new URL("csv-spectrum/csvs/", SUITES))) {
    const { headers, rows } = await read(`csv-spectrum/csvs/${name}`);
    const json = await expected(`csv-spectrum/json/${name.replace(".csv", ".json")}`);
    const carriage = (await expected(`csv-spectrum/csvs/${name}`)).includes("\r");
    const records: Record<string, string>[] = [JSON.parse(carriage ? json : json.replaceAll("\\r\\n", "\\n"))].flat();
    // The suite's own two files disagree about one telephone number.
    const compared = (record: Record<string, string>) =>
      Object.entries(record).filter(([header]) => header !== "Contact Phone Number");
    const found = rows.map((cells) => Object.fromEntries(headers!.map((header, at) => [header, cells[at]!])));
    assert.deepEqual(found.map(compared), records.map(compared), name);
  }
});

/** Records as univocity prints them: trimmed, and null where a cell is empty. */
function printed({ headers, rows }: { headers: string[] | null; rows: string[][] }): string[] {
  return [...headers ? [headers] : [], ...rows].map((cells) =>
    `[${cells.map((cell) => cell.trim() === "" ? "null" : cell.trim()).join(", ")}]`
  );
}

suite("univocity's examples are told apart and read as its expected files say", async (read) => {
  const detected = await expected("univocity/examples/expectedOutputs/CsvParserExamples/example012FormatAutodetection");
  for (const name of ["example.csv", "european.csv"]) {
    for (const record of printed(await read(`univocity/examples/${name}`))) {
      assert.ok(detected.includes(`: ${record}\n`), `${name}: ${record}`);
    }
  }
  const tsv = await expected("univocity/examples/expectedOutputs/TsvParserExamples/example001ParseAll");
  for (const record of printed(await read("univocity/examples/example.tsv"))) {
    assert.ok(tsv.includes(` ${record}\n`), `example.tsv: ${record}`);
  }
  const escape = await read("univocity/examples/escape.csv");
  const lines = await expected("univocity/examples/expectedOutputs/CsvParserExamples/example010Escaping");
  assert.equal(printed(escape).map((record) => `${record}\t\n`).join(""), lines);
  const wide = await read("univocity/issues/github_247/input-100.txt");
  assert.deepEqual([wide.headers, wide.rows.length, wide.rows[0]!.length], [null, 2, 100]);
});

suite("commons-csv's files are read as its expected files say", async (read) => {
  const listed = (await expected("commons-csv/CSVFileParser/test_default_comment.txt")).trim().split("\n").slice(2);
  const { headers, rows } = await read("commons-csv/CSVFileParser/test.csv");
  // The suite keeps the blanks around quotes as a part of the cell; spreadsheets and we do not.
  const plain = (line: string) => line.replaceAll('"', "").replace(/ +/g, " ");
  const found = [headers!, ...rows].map((cells) => `${cells.length}:[${cells.join(", ")}]`);
  assert.deepEqual(
    found.map(plain).map((l) => l.replaceAll(" ", "")),
    listed.map(plain).map((l) => l.replaceAll(" ", "")),
  );
  const dump = await read("commons-csv/CSV-290/psql.tsv");
  assert.deepEqual(dump.rows[0], ["1", "abc", "test line 1\ntest line 2", "", ""]);
  assert.deepEqual(dump.rows[2], ["3", "a", "b,c,d", '"quoted"', "e"]);
  const comments = await read("commons-csv/csv-167/sample1.csv");
  assert.deepEqual(comments.rows.map(([author]) => author), ["Dan Simmons", "Douglas Adams", "Douglas John"]);
});

suite("messytables' horrors give up their encodings, delimiters and headers", async (read) => {
  const cases: [string, string, string[] | null, number][] = [
    ["characters.csv", "big5", ["id", "景點編號", "景點中文名稱"], 382],
    ["complex.csv", "utf-8", ["date", "another date", "temperature"], 3],
    ["example.tsv", "utf-8", ["hour", "expr1_0_imp", "expr1_1_imp"], 140],
    ["excel_pasting.csv", "utf-8", ["Year", "2000", "2001"], 17],
    ["long.csv", "utf-8", null, 4_000],
    ["mixedGLB.csv", "utf-8", ["Year", "Jan", "Feb"], 133],
    ["null.csv", "utf-8", null, 10],
    ["simple.csv", "utf-8", ["date", "temperature", "place"], 6],
    ["spanish_chars.csv", "latin-1", ["GF_ID", "FN_ID", "SF_ID"], 116],
    ["utf-16le_encoded.csv", "utf-16le", ["Organisation_code", "Organisation_name", "Organisation_classification"], 0],
    ["weird_head_padding.csv", "utf-8", ["column_1", "1985", "1993"], 0],
  ];
  for (const [name, encoding, headers, rows] of cases) {
    const found = await read(`messytables-horror/${name}`);
    assert.deepEqual([found.encoding, found.headers?.slice(0, 3) ?? null], [encoding, headers], name);
    if (rows > 0) assert.equal(found.rows.length, rows, name);
    else assert.ok(found.rows.length > 40, name);
  }
});
