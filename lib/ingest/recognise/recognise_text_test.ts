import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { knownHeaders } from "../identify.ts";
import { recogniseText } from "./recognise_text.ts";

const known = knownHeaders({ datasets: [adsDataset], sources: [] });
const see = (text: string | Uint8Array) =>
  recogniseText(typeof text === "string" ? new TextEncoder().encode(text) : text, true, known);

Deno.test("recogniseText() finds delimiter and header below a title", () => {
  const found = see("Campaign report\n\nMay 1, 2026 - May 8, 2026\nCampaign\tImpr.\tCost\nA, b\t1\t2\n");
  assert.deepEqual(found.dialect, { encoding: "utf-8", delimiter: "\t", quote: '"', skipLines: 3, header: true });
  assert.deepEqual(found.headers, ["Campaign", "Impr.", "Cost"]);
  assert.deepEqual(found.preamble, ["Campaign report", "May 1, 2026 - May 8, 2026"]);
  assert.deepEqual(found.rows, [{ line: 5, cells: ["A, b", "1", "2"] }]);
  assert.deepEqual(found.findings.map((f) => f.topic), ["encoding", "delimiter", "header"]);
});

Deno.test("recogniseText() tells encodings by their bytes", () => {
  const utf16 = new Uint8Array(Uint16Array.from("Day;Cost\n1;2\n", (c) => c.charCodeAt(0)).buffer);
  assert.equal(see(utf16).dialect.encoding, "utf-16");
  assert.equal(see(new Uint8Array([0x44, 0x61, 0x79, 0x3b, 0xe9, 0x0a, 0x31, 0x3b, 0x32])).dialect.encoding, "latin-1");
  assert.equal(see("\u{FEFF}Day;Cost\n1;2\n").headers[0], "Day");
});

Deno.test("recogniseText() refuses what is no text, and names it", () => {
  assert.throws(() => see(new Uint8Array([0x50, 0x4b, 3, 4])), /Excel workbook or a zip archive/);
  assert.throws(() => see(" \n "), /it holds nothing/);
});
