import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { defineSource } from "@/lib/source/mod.ts";
import { recognise } from "./recognise.ts";

const source = defineSource({
  platform: "my_ads",
  title: "My Ads",
  reports: [{ name: "daily", dataset: "ads", headers: ["Campaign", "Impr.", "Cost"] }],
});
const see = (text: string | Uint8Array) =>
  recognise(typeof text === "string" ? new TextEncoder().encode(text) : text, true, adsDataset, [source]);

Deno.test("recognise() finds delimiter and header below a title, and whose report it is", () => {
  const found = see("Campaign report\n\nMay 1, 2026 - May 8, 2026\nCampaign\tImpr.\tCost\nA, b\t1\t2\n");
  assert.deepEqual(found.dialect, { encoding: "utf-8", delimiter: "\t", quote: '"', skipLines: 3, header: true });
  assert.deepEqual(found.headers, ["Campaign", "Impr.", "Cost"]);
  assert.deepEqual(found.range, { from: "2026-05-01", to: "2026-05-08" });
  assert.equal(found.source?.platform, "my_ads");
  assert.deepEqual(found.findings.map((f) => f.topic), ["encoding", "delimiter", "header", "range", "platform"]);
});

Deno.test("recognise() tells encodings by their bytes", () => {
  const utf16 = new Uint8Array(Uint16Array.from("Day;Cost\n1;2\n", (c) => c.charCodeAt(0)).buffer);
  assert.equal(see(utf16).dialect.encoding, "utf-16");
  assert.equal(see(new Uint8Array([0x44, 0x61, 0x79, 0x3b, 0xe9, 0x0a, 0x31, 0x3b, 0x32])).dialect.encoding, "latin-1");
  assert.equal(see("\u{FEFF}Day;Cost\n1;2\n").headers[0], "Day");
});

Deno.test("recognise() refuses what is no text, and names it", () => {
  assert.throws(() => see(new Uint8Array([0x50, 0x4b, 3, 4])), /Excel workbook or a zip archive/);
  assert.throws(() => see(" \n "), /it holds nothing/);
});
