import { InputError } from "@/lib/errors.ts";
import type { Finding } from "@/lib/model/mod.ts";
import type { Container, ContainerEntry } from "./container.ts";
import { openGzip } from "./open_gzip.ts";
import { openWorkbook } from "./open_workbook.ts";
import { openZip, type ZipArchive } from "./open_zip.ts";
import { HEAD_BYTES } from "./recognise_text.ts";
import { archiveKind, binaryKind, headOf } from "./sniff_bytes.ts";

/**
 * Opens a file by its bytes, never by its name. `scratch` is a folder where a workbook inside an archive may be laid;
 * the caller removes it. Throws `InputError` for what is no text, or not safe to unpack.
 */
export async function openContainer(path: string, scratch: string): Promise<Container> {
  const head = await headOf(path, 512);
  const kind = archiveKind(head.bytes);
  if (kind === "gzip") return openGzip(path);
  if (kind === "zip") return await openArchive(path, scratch);
  const what = binaryKind(head.bytes);
  if (what) throw new InputError("not-a-table", `Cannot read the file: it is ${what}`);
  const entry: ContainerEntry = {
    name: null,
    head: () => headOf(path, HEAD_BYTES),
    extract: () => Promise.resolve(path),
  };
  return { kind: "text", entries: [entry], findings: [], close: () => Promise.resolve() };
}

async function openArchive(path: string, scratch: string): Promise<Container> {
  const zip = await openZip(path);
  try {
    if (zip.has("xl/workbook.xml")) return await openWorkbook(zip);
    const what = officeKind(zip);
    if (what) throw new InputError("not-a-table", `Cannot read the file: it is ${what}`);
    return await openEntries(zip, scratch);
  } catch (error) {
    await zip.close();
    throw error;
  }
}

function officeKind(zip: ZipArchive): string | null {
  if (zip.has("xl/workbook.bin")) return "a binary Excel workbook (.xlsb); save it as .xlsx or CSV";
  if (zip.has("word/document.xml")) return "a Word document; export the report as CSV";
  if (zip.has("ppt/presentation.xml")) return "a presentation; export the report as CSV";
  if (zip.has("content.xml") && zip.has("mimetype")) return "an OpenDocument file; save it as .xlsx or CSV";
  return zip.has("Index/Document.iwa") ? "an Apple iWork document; export it as .xlsx or CSV" : null;
}

/** What systems and people lay beside the tables. */
const BESIDE = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

async function openEntries(zip: ZipArchive, scratch: string): Promise<Container> {
  const opened: Container[] = [];
  const entries: ContainerEntry[] = [];
  const findings: Finding[] = [];
  const close = async () => {
    for (const inner of opened) await inner.close();
    await zip.close();
  };
  try {
    for (const { name } of zip.entries) {
      if (BESIDE.test(name)) continue;
      const head = await zip.head(name, HEAD_BYTES);
      const what = binaryKind(head.bytes);
      if (archiveKind(head.bytes)) {
        const inner = await innerWorkbook(zip, name, scratch);
        opened.push(inner);
        entries.push(...inner.entries.map((entry) => ({ ...entry, name: `${name} / ${entry.name}` })));
        findings.push(...inner.findings);
      } else if (what || head.bytes.length === 0) {
        findings.push({
          topic: "left-out",
          finding: `"${name}"`,
          evidence: what ? `it is ${what}` : "it holds nothing",
        });
      } else {
        entries.push({
          name,
          head: () => Promise.resolve({ ...head, entry: name }),
          extract: (target, signal) => zip.extract(name, target, signal),
        });
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { kind: "zip", entries, findings, close };
}

/** A workbook in an archive is taken; any other archive in one is how bombs are made. */
async function innerWorkbook(zip: ZipArchive, name: string, scratch: string): Promise<Container> {
  const path = `${scratch}/${crypto.randomUUID()}.xlsx`;
  const refused = new InputError(
    "nested-archive",
    `Cannot read the file: "${name}" in it is an archive itself; unpack it and take the files one by one`,
    { entry: name },
  );
  if (!/\.xls[xm]$/i.test(name)) throw refused;
  await zip.extract(name, path);
  const inner = await openZip(path);
  try {
    if (!inner.has("xl/workbook.xml")) throw refused;
    return await openWorkbook(inner);
  } catch (error) {
    await inner.close();
    throw error;
  }
}
