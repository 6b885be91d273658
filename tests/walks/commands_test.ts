/** The commands that look at files and bring them in: with the code of the upload, with a server and without. */
import assert from "node:assert/strict";
import { claimDataDirectory } from "@/lib/files/data_directory.ts";
import { makeZip } from "@/tests/corpus/make_zip.ts";
import { startTestApp } from "@/tests/test_app.ts";
import { importCommand } from "@/tools/import.ts";
import { recogniseCommand } from "@/tools/recognise.ts";

const ADS = "Campaign report\nMay 1, 2026 - May 2, 2026\n\nDay;Campaign;Cost (EUR);Clicks\n" +
  '2026-05-01;"A; ""big""";1.234,50;10\n2026-05-02;B;0,10;x\n2026-05-02;C;2,40;5\nTotal;;1.236,90;15\n';

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function recognise(...args: string[]): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  return { code: await recogniseCommand(args, (text) => void said.push(text)), text: said.join("\n") };
}

async function bringIn(dataDir: string, args: string[], ask?: (question: string) => boolean) {
  const said: string[] = [];
  const env = { get: (name: string) => ({ DATA_DIR: dataDir, LOG_LEVEL: "error" } as Record<string, string>)[name] };
  const code = await importCommand(args, { print: (text) => void said.push(text), env, ask });
  return { code, text: said.join("\n") };
}

Deno.test("recognise tells what an upload would find, as JSON with exact figures", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/report.csv`, ADS);
    const { code, text } = await recognise(`${folder}/report.csv`, "--json", "--rows", `${folder}/out.csv`);
    assert.equal(code, 0, text);
    const report = JSON.parse(text);
    assert.deepEqual([report.file, report.container, report.encoding, report.delimiter], [
      "report.csv",
      "text",
      "utf-8",
      ";",
    ]);
    const [table] = report.tables;
    assert.deepEqual([table.title, table.headerLines, table.dataset], ["Campaign report", [4], "ads"]);
    assert.deepEqual(table.columns.map((c: Record<string, string>) => [c.name, c.role, c.type, c.column]), [
      ["Day", "time", "date", "date"],
      ["Campaign", "dimension", "text", "campaign"],
      ["Cost (EUR)", "measure", "decimal", "spend"],
      ["Clicks", "measure", "integer", "clicks"],
    ]);
    assert.ok(table.columns.every((c: { why: string }) => c.why.length > 5));
    assert.deepEqual([table.rowsRead, table.rowsKept, table.rowsSetAside, table.totalLines], [4, 2, 1, 1]);
    assert.deepEqual(table.setAside, [{ code: "not-a-whole-number", column: "Clicks", count: 1 }]);
    assert.deepEqual([table.setAsideRows[0].line, table.setAsideRows[0].value], [6, "x"]);
    assert.deepEqual([table.firstDate, table.lastDate, table.grain], ["2026-05-01", "2026-05-02", "day"]);
    assert.deepEqual([table.currency, table.sums], ["EUR", { spend: "1236.9", clicks: "15" }]);
    const spend = table.totals.find((t: { measure: string }) => t.measure === "spend");
    assert.deepEqual(spend, { measure: "spend", rows: "1236.9", file: "1236.9", difference: "0", fits: true });
    assert.equal(
      await Deno.readTextFile(`${folder}/out.csv`),
      'Day,Campaign,Cost (EUR),Clicks\r\n2026-05-01,"A; ""big""","1.234,50",10\r\n2026-05-02,B,"0,10",x\r\n' +
        '2026-05-02,C,"2,40",5\r\nTotal,,"1.236,90",15\r\n',
    );
  });
});

Deno.test("recognise writes every table of an archive, without headers where a table has none", async () => {
  await withFolder(async (folder) => {
    const zip = makeZip([
      { name: "a.csv", data: "Day,Campaign,Cost\n2026-05-01,A,1\n" },
      { name: "b.txt", data: "2026-05-01|x|1\n2026-05-02|y|2\n2026-05-03|z|3\n" },
    ]);
    await Deno.writeFile(`${folder}/x.zip`, zip);
    const { text } = await recognise(`${folder}/x.zip`, "--json", "--rows", `${folder}/out.csv`);
    const report = JSON.parse(text);
    assert.deepEqual([report.container, report.tables.length], ["zip", 2]);
    assert.deepEqual([report.tables[1].refused, report.tables[1].firstRows[0]], [null, {
      line: 1,
      cells: ["2026-05-01", "x", "1"],
    }]);
    assert.deepEqual(report.tables[1].questions.map(({ id }: { id: string }) => id), [
      '"b.txt"/dataset',
      ...[1, 2, 3].map((n) => `"b.txt"/column:column_${n}`),
    ]);
    assert.equal(await Deno.readTextFile(`${folder}/out.csv`), "Day,Campaign,Cost\r\n2026-05-01,A,1\r\n");
    assert.equal(
      await Deno.readTextFile(`${folder}/out.2.csv`),
      "2026-05-01,x,1\r\n2026-05-02,y,2\r\n2026-05-03,z,3\r\n",
    );
  });
});

Deno.test("recognise reads lines that stand in quotes as a whole", async () => {
  await withFolder(async (folder) => {
    const text =
      '"Day,Campaign,""Cost, net"",Clicks"\n"2026-05-01,""A, B"",1.5,1"\n"2026-05-02,C,2.5,2"\n"2026-05-03,D,3,3"\n';
    await Deno.writeTextFile(`${folder}/x.csv`, text);
    const { text: json } = await recognise(`${folder}/x.csv`, "--json", "--rows", `${folder}/out.csv`);
    const [table] = JSON.parse(json).tables;
    assert.deepEqual([table.delimiter, table.rowsKept, table.sums.clicks], [",", 3, "6"]);
    const rows = await Deno.readTextFile(`${folder}/out.csv`);
    assert.equal(
      rows,
      'Day,Campaign,"Cost, net",Clicks\r\n2026-05-01,"A, B",1.5,1\r\n2026-05-02,C,2.5,2\r\n2026-05-03,D,3,3\r\n',
    );
  });
});

Deno.test("recognise answers with a code of its own for what is refused, asked or misspelt", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/open.csv`, "Campaign,Cost\nA,1\nB,2\n");
    await Deno.writeTextFile(`${folder}/people.csv`, "Name,Town\nAnn,Rome\nBob,Bern\n");
    await Deno.writeTextFile(`${folder}/no.pdf`, "%PDF-1.7");
    const asked = await recognise(`${folder}/open.csv`);
    assert.deepEqual([asked.code, /asks +Which days does this file cover\?/.test(asked.text)], [2, true]);
    const refused = await recognise(`${folder}/people.csv`);
    assert.deepEqual([refused.code, /refused/.test(refused.text)], [1, true]);
    const binary = await recognise(`${folder}/no.pdf`, "--json");
    assert.deepEqual([binary.code, JSON.parse(binary.text).error.code], [1, "not-a-table"]);
    assert.deepEqual(await recognise(`${folder}/none.csv`), { code: 1, text: `There is no file "${folder}/none.csv"` });
    assert.equal((await recognise()).code, 64);
    assert.match((await recognise("a", "--rowz", "b")).text, /--rowz/);
  });
});

Deno.test("import brings files into the data where no server runs, and says what it could not", async () => {
  await withFolder(async (folder) => {
    const data = `${folder}/data`;
    await Deno.writeTextFile(`${folder}/ads.csv`, ADS);
    await Deno.writeTextFile(`${folder}/open.csv`, "Campaign,Cost\nA,1\nB,2\n");
    await Deno.writeTextFile(`${folder}/people.csv`, "Name,Town\nAnn,Rome\nBob,Bern\n");
    const done = await bringIn(data, [`${folder}/ads.csv`, "--yes"]);
    assert.deepEqual([done.code, /^ads\.csv: imported, 4 read, 2 inserted/.test(done.text)], [0, true], done.text);
    assert.match((await bringIn(data, [`${folder}/ads.csv`])).text, /already here/);
    await Deno.writeTextFile(
      `${folder}/fewer.csv`,
      ADS.replace("2026-05-02;C;", "2026-05-02;D;"),
    );
    const fewer = await bringIn(data, [`${folder}/fewer.csv`, "--yes"]);
    assert.match(
      fewer.text,
      /imported, .*1 inserted, 1 unchanged[\s\S]*1 row of these days is not in this file; it stays/,
    );
    const asked = await bringIn(data, [`${folder}/open.csv`, "--yes", "--json"]);
    assert.deepEqual([asked.code, JSON.parse(asked.text)[0].import.questions[0].id], [2, "range"]);
    const told = await bringIn(data, [
      `${folder}/open.csv`,
      "--answer",
      "range=2026-04-01..2026-04-30",
      "--answer",
      "currency=EUR",
    ]);
    assert.equal(told.code, 0, told.text);
    const refused = await bringIn(data, [`${folder}/people.csv`, `${folder}/none.csv`]);
    assert.deepEqual([refused.code, /refused/.test(refused.text), /There is no file/.test(refused.text)], [
      1,
      true,
      true,
    ]);
  });
});

Deno.test("import asks before it publishes where somebody sits at the terminal", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/ads.csv`, ADS);
    const asked: string[] = [];
    const declined = await bringIn(`${folder}/data`, [`${folder}/ads.csv`], (question) => {
      asked.push(question);
      return false;
    });
    assert.deepEqual([declined.code, asked], [2, ["Publish this?"]]);
    assert.match(declined.text, /would change this[\s\S]*2 inserted[\s\S]*cancelled/);
    assert.equal((await bringIn(`${folder}/data`, [`${folder}/ads.csv`], () => true)).code, 0);
  });
});

Deno.test("import says who holds the data where nobody answers for it", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/ads.csv`, ADS);
    const held = await claimDataDirectory(`${folder}/data`);
    try {
      const { code, text } = await bringIn(`${folder}/data`, [`${folder}/ads.csv`]);
      assert.deepEqual([code, /Cannot use the data directory.*has it open/.test(text)], [1, true], text);
    } finally {
      await held.release();
    }
  });
});

Deno.test("import goes through the server that has the data open", async () => {
  const app = await startTestApp();
  try {
    const url = app.listen();
    await app.services.announce(url);
    await withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/ads.csv`, ADS);
      await Deno.writeTextFile(`${folder}/open.csv`, "Campaign,Cost\nA,1\nB,2\n");
      const done = await bringIn(app.directory, [`${folder}/ads.csv`, "--json"]);
      assert.equal(done.code, 0, done.text);
      const { imports } = await (await app.fetch("/api/imports")).json();
      assert.deepEqual([imports[0].id, imports[0].state], [JSON.parse(done.text)[0].import.id, "published"]);
      const asked = await bringIn(app.directory, [`${folder}/open.csv`]);
      assert.deepEqual([asked.code, asked.text.includes(`${url}/data/imports/`)], [2, true], asked.text);
      const wrong = await bringIn(app.directory, [`${folder}/ads.csv`, "--dataset", "nothing"]);
      assert.deepEqual([wrong.code, /There is no dataset "nothing"/.test(wrong.text)], [1, true], wrong.text);
    });
  } finally {
    await app.close();
  }
});
