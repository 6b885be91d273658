import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { knownHeaders } from "../identify.ts";
import { recogniseText } from "./recognise_text.ts";

const known = knownHeaders({ datasets: [adsDataset], sources: [] });
const see = (text: string | Uint8Array) =>
  recogniseText({ bytes: typeof text === "string" ? new TextEncoder().encode(text) : text, complete: true }, known)[0]!;

Deno.test("recogniseText() finds delimiter and header below a title", () => {
  const found = see("Campaign report\n\nMay 1, 2026 - May 8, 2026\nCampaign\tImpr.\tCost\nA, b\t1\t2\n");
  assert.deepEqual(found.dialect, {
    encoding: "utf-8",
    delimiter: "\t",
    quote: '"',
    skipLines: 4,
    header: true,
    headers: ["Campaign", "Impr.", "Cost"],
    leastCells: 3,
  });
  assert.deepEqual(found.headers, ["Campaign", "Impr.", "Cost"]);
  assert.deepEqual(found.preamble, ["Campaign report", "May 1, 2026 - May 8, 2026"]);
  assert.deepEqual(found.rows, [{ line: 5, cells: ["A, b", "1", "2"] }]);
  assert.deepEqual(found.findings.map((f) => f.topic), ["encoding", "delimiter", "header"]);
});

Deno.test("recogniseText() tells encodings by their bytes", () => {
  const utf16 = new Uint8Array(Uint16Array.from("Day;Cost\n1;2\n", (c) => c.charCodeAt(0)).buffer);
  assert.equal(see(utf16).dialect.encoding, "utf-16le");
  assert.equal(see(new Uint8Array([0x44, 0x61, 0x79, 0x3b, 0xe9, 0x0a, 0x31, 0x3b, 0x32])).dialect.encoding, "latin-1");
  assert.equal(see("\u{FEFF}Day;Cost\n1;2\n").headers[0], "Day");
});

Deno.test("recogniseText() refuses what holds nothing, and names the place of a NUL byte", () => {
  assert.throws(() => see(" \n "), /it holds nothing/);
  assert.throws(() => see("a,b\r\n1,\0\r\n"), /line 2 holds a NUL byte at position 3/);
});
