import { SaxesParser, type SaxesTagPlain } from "saxes";
import { InputError } from "@/lib/errors.ts";
import type { Finding } from "@/lib/model/mod.ts";
import type { Container, ContainerEntry } from "./container.ts";
import { type NumberShape, numberShape } from "./number_format.ts";
import type { ZipArchive } from "./open_zip.ts";
import { HEAD_BYTES } from "./recognise_text.ts";
import { sheetText, type Workbook } from "./sheet_text.ts";
import { takeHead, writeText } from "./write_text.ts";
import { damagedPart, local } from "./xml_part.ts";

/** What a sheet may be written as; larger ones are refused while they are written. */
const MAX_SHEET_BYTES = 4 * 2 ** 30;

/** Opens a workbook (.xlsx): each visible sheet is one text. Closes the archive when it is closed. */
export async function openWorkbook(zip: ZipArchive): Promise<Container> {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  await parse(zip, "xl/workbook.xml", ({ name, attributes }) => {
    if (local(name) === "sheet") {
      const id = attributes["r:id"] ?? Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      sheets.push({ name: attributes.name ?? "", id, hidden: /hidden/i.test(attributes.state ?? "") });
    } else if (local(name) === "workbookPr") date1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
  });
  const targets = new Map<string, string>();
  await parse(zip, "xl/_rels/workbook.xml.rels", ({ attributes }) => {
    if (attributes.Id && attributes.Target) targets.set(attributes.Id, partPath(attributes.Target));
  });
  const shared = [...targets.values()].find((path) => /sharedStrings\.xml$/i.test(path)) ?? "xl/sharedStrings.xml";
  const book: Workbook = {
    zip,
    shapes: await readShapes(zip, [...targets.values()].find((path) => /styles\.xml$/i.test(path)) ?? "xl/styles.xml"),
    date1904,
    sharedPath: zip.has(shared) ? shared : null,
  };
  const findings: Finding[] = [];
  const entries: ContainerEntry[] = [];
  for (const { name, id, hidden } of sheets) {
    const path = targets.get(id);
    if (!path || !zip.has(path) || !/worksheets\//i.test(path)) continue;
    if (hidden) findings.push({ topic: "left-out", finding: `sheet "${name}"`, evidence: "it is hidden" });
    else entries.push(sheetEntry(book, name, path));
  }
  if (entries.length === 0) {
    throw new InputError("empty-file", "Cannot read the workbook: it has no visible sheet of cells");
  }
  return { kind: "xlsx", entries, findings, close: () => zip.close() };
}

function sheetEntry(book: Workbook, name: string, path: string): ContainerEntry {
  return {
    name,
    async head() {
      const head = await takeHead(sheetText(book, path, { rows: HEAD_ROWS }), HEAD_BYTES);
      const complete = head.complete && head.bytes.filter((byte) => byte === 10).length < HEAD_ROWS;
      return { bytes: head.bytes, complete, entry: name, sheet: true };
    },
    extract: (target, signal) =>
      writeText(sheetText(book, path, { signal }), target, { maxBytes: MAX_SHEET_BYTES, signal }),
  };
}

/** Rows that are enough to see what a sheet is. */
const HEAD_ROWS = 1_000;

async function readShapes(zip: ZipArchive, path: string): Promise<NumberShape[]> {
  if (!zip.has(path)) return [];
  const codes = new Map<number, string>();
  const shapes: NumberShape[] = [];
  let cells = false;
  await parse(zip, path, ({ name, attributes }) => {
    if (local(name) === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
    else if (local(name) === "cellXfs") cells = true;
    else if (local(name) === "cellStyles" || local(name) === "dxfs") cells = false;
    else if (local(name) === "xf" && cells) {
      const id = Number(attributes.numFmtId ?? 0);
      shapes.push(numberShape(id, codes.get(id)));
    }
  });
  return shapes;
}

/** Reads a small part of the workbook tag by tag. */
async function parse(zip: ZipArchive, path: string, open: (tag: SaxesTagPlain) => void): Promise<void> {
  const parser = new SaxesParser();
  let failed: Error | null = null;
  parser.on("error", (error) => failed ??= error);
  parser.on("opentag", open);
  const decoder = new TextDecoder();
  for await (const piece of zip.read(path)) {
    parser.write(decoder.decode(piece, { stream: true }));
    if (failed) throw damagedPart(path, failed);
  }
}

function partPath(target: string): string {
  return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
}
