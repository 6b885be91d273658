import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { InputError } from "@/lib/errors.ts";
import { makeWorkbook } from "@/tests/corpus/make_workbook.ts";
import { makeZip, type ZipEntry } from "@/tests/corpus/make_zip.ts";
import { openContainer } from "./open_container.ts";

async function withFile<T>(
  bytes: Uint8Array<ArrayBuffer>,
  work: (path: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/file`, bytes);
    return await work(`${folder}/file`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Name → whole text of each entry. */
function unpack(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ kind: string; texts: Record<string, string>; left: string[] }> {
  return withFile(bytes, async (path, folder) => {
    const container = await openContainer(path, folder);
    try {
      const texts: Record<string, string> = {};
      for (const [at, entry] of container.entries.entries()) {
        const head = await entry.head();
        const text = await Deno.readTextFile(await entry.extract(`${folder}/out${at}`));
        texts[entry.name ?? ""] = text;
        if (head.complete) {
          assert.equal(new TextDecoder().decode(head.bytes), text, "the head of a short text is all of it");
        }
      }
      return { kind: container.kind, texts, left: container.findings.map(({ finding }) => finding) };
    } finally {
      await container.close();
    }
  });
}

/** The code under which bytes are refused, opened or unpacked. */
async function refusal(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await unpack(bytes);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.code;
  }
  return "taken";
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const zipOf = (entry: Partial<ZipEntry>) => makeZip([{ name: "a.csv", data: "a,b\n1,2\n", ...entry }]);

Deno.test("openContainer() tells containers by their bytes and hands out every text", async () => {
  assert.deepEqual(await unpack(bytesOf("a,b\n1,2\n")), { kind: "text", texts: { "": "a,b\n1,2\n" }, left: [] });
  const packed = new Uint8Array(gzipSync("a,b\n1,2\n"));
  assert.deepEqual(await unpack(packed), { kind: "gzip", texts: { "": "a,b\n1,2\n" }, left: [] });
  const zip = makeZip([
    { name: "Dates.csv", data: "Date,Clicks\n" },
    { name: "__MACOSX/._Dates.csv", data: "x" },
    { name: "sub/", data: "" },
    { name: "sub/Pages.csv", data: "Page,Clicks\n" },
    { name: "manual.pdf", data: "%PDF-1.7" },
  ]);
  assert.deepEqual(await unpack(zip), {
    kind: "zip",
    texts: { "Dates.csv": "Date,Clicks\n", "sub/Pages.csv": "Page,Clicks\n" },
    left: ['"manual.pdf"'],
  });
});

Deno.test("openContainer() reads a workbook's sheets as exact text, line by row", async () => {
  const book = makeWorkbook([
    {
      name: "Report",
      rows: [
        ["Campaign report"],
        [],
        ["Day", "Name", "Cost", "CTR", "When", "Money", "Sum"],
        [
          { value: 46327, format: "yyyy\\-mm\\-dd" },
          'a "b", c\nd',
          1.1000000000000001,
          { value: 0.0432, format: "0.00%" },
          { value: 46327.5, format: "d/m/yy h:mm" },
          { value: -5, format: '"$"#,##0.00' },
          { formula: "1+1", value: 2 },
        ],
        [null, "=1+1", 1e-7, { value: 1e-9, format: "0%" }, { value: 0.25, format: "h:mm:ss" }, 199421.15, 1e21],
      ],
    },
    { name: "Hidden", rows: [["x"]], hidden: true },
    { name: "More", rows: [["a", null, "c"]], inline: true },
  ]);
  const { kind, texts, left } = await unpack(book);
  assert.equal(kind, "xlsx");
  assert.deepEqual(left, ['sheet "Hidden"']);
  assert.deepEqual(texts, {
    Report: "Campaign report\n\nDay,Name,Cost,CTR,When,Money,Sum\n" +
      '2026-11-01,"a ""b"", c\nd",1.1,4.32%,2026-11-01 12:00:00,-$5,2\n' +
      ",=1+1,0.0000001,0.0000001%,06:00:00,199421.15,1000000000000000000000\n",
    More: "a,,c\n",
  });
  const old = makeWorkbook([{ name: "S", rows: [[{ value: 0, format: "yyyy-mm-dd" }]] }], { date1904: true });
  assert.deepEqual((await unpack(old)).texts, { S: "1904-01-01\n" });
});

Deno.test("openContainer() takes a workbook inside an archive", async () => {
  const zip = makeZip([{ name: "ads.xlsx", data: makeWorkbook([{ name: "S", rows: [["a"], [1]] }]) }]);
  assert.deepEqual((await unpack(zip)).texts, { "ads.xlsx / S": "a\n1\n" });
});

Deno.test("openContainer() refuses what is not safe to unpack, and what is no table", async () => {
  const cases: [string, Uint8Array<ArrayBuffer>, string][] = [
    ["a path that leads out", zipOf({ name: "../../a.csv" }), "unsafe-archive"],
    ["an absolute path", zipOf({ name: "/etc/a.csv" }), "unsafe-archive"],
    ["a link", zipOf({ mode: 0o120777 }), "unsafe-archive"],
    ["two files of a name", makeZip([{ name: "a", data: "1" }, { name: "a", data: "2" }]), "unsafe-archive"],
    ["a password", zipOf({ encrypted: true }), "encrypted"],
    ["a claim of 9 GB", zipOf({ claimedSize: 4_000_000_000 }), "unpacks-too-large"],
    ["more than is claimed", zipOf({ data: "x".repeat(100_000), claimedSize: 10 }), "damaged-archive"],
    ["an archive in it", makeZip([{ name: "b.zip", data: zipOf({}) }]), "nested-archive"],
    ["a gzip in it", makeZip([{ name: "b.gz", data: new Uint8Array(gzipSync("x")) }]), "nested-archive"],
    ["a zip packed by gzip", new Uint8Array(gzipSync(zipOf({}))), "nested-archive"],
    [
      "too many files",
      makeZip(Array.from({ length: 1_001 }, (_, n) => ({ name: `${n}`, data: "x" }))),
      "too-many-files",
    ],
    ["a cut archive", zipOf({}).slice(0, 40), "damaged-archive"],
    ["a cut gzip", new Uint8Array(gzipSync("a,b\n".repeat(1_000))).slice(0, 30), "damaged-archive"],
    ["a Word document", makeZip([{ name: "word/document.xml", data: "<x/>" }]), "not-a-table"],
    ["a PDF", bytesOf("%PDF-1.7 …"), "not-a-table"],
    ["a web page", bytesOf("\ufeff<!DOCTYPE html><table>"), "not-a-table"],
    ["JSON", bytesOf('[{"a":1}]'), "not-a-table"],
  ];
  for (const [what, bytes, code] of cases) assert.equal(await refusal(bytes), code, what);
});

Deno.test("openContainer() stops a bomb while it is small", async () => {
  const zeros = new Uint8Array(256 * 2 ** 20);
  const bombs = [new Uint8Array(gzipSync(zeros)), zipOf({ data: zeros })];
  for (const bomb of bombs) {
    assert.ok(bomb.length < 300_000);
    const before = Deno.memoryUsage().rss;
    assert.equal(await refusal(bomb), "unpacks-too-large");
    const grown = Deno.memoryUsage().rss - before;
    assert.ok(grown < 100 * 2 ** 20, `memory grew by ${grown >> 20} MiB for 256 MiB of zeros`);
  }
});
