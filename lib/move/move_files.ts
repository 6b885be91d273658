/** Raw files, their bytes held against the hash that names them, and the parts of those that are still arriving. */
import { TesseraError } from "@/lib/errors.ts";
import type { KeptFile } from "@/lib/files/mod.ts";
import { uploadsCollection } from "@/lib/ingest/upload_document.ts";
import { everyDocument } from "./move_documents.ts";
import type { Moving } from "./moving.ts";

/** Makes the files of the target those of the source. */
export async function moveFiles(
  { from, to, workspace, tell }: Moving,
): Promise<{ files: number; bytes: number; brought: number }> {
  let [files, bytes, brought] = [0, 0, 0];
  const wanted = new Set<string>();
  for await (const file of from.files.list(workspace)) {
    wanted.add(file.sha256);
    files++;
    bytes += file.bytes;
    if (await to.files.has(workspace, file.sha256)) continue;
    await bringFile({ from, to, workspace }, file);
    brought++;
    tell({ step: "files", done: files });
  }
  // What the source dropped since an earlier try.
  for await (const { sha256 } of to.files.list(workspace)) {
    if (!wanted.has(sha256)) await to.files.delete(workspace, sha256);
  }
  await moveParts({ from, to, workspace });
  return { files, bytes, brought };
}

type Places = Pick<Moving, "from" | "to" | "workspace">;

async function bringFile({ from, to, workspace }: Places, { sha256, bytes }: KeptFile): Promise<void> {
  const kept = await to.files.keep(workspace, await from.files.open(workspace, sha256));
  if (kept.sha256 === sha256) return;
  await to.files.delete(workspace, kept.sha256);
  throw new TesseraError(
    "damaged-file",
    `Cannot move the raw file ${sha256} (${bytes} bytes): its bytes are not those that it is named by; ` +
      "bring it back from a backup, or delete it, and run the move again",
    500,
    { sha256, found: kept.sha256 },
  );
}

/** Files that are not the same in both places, by hash. */
export async function compareFiles({ from, to, workspace }: Places): Promise<string[]> {
  const sizes = async (files: Places["from"]["files"]) => {
    const found = new Map<string, number>();
    for await (const { sha256, bytes } of files.list(workspace)) found.set(sha256, bytes);
    return found;
  };
  const [wanted, there] = [await sizes(from.files), await sizes(to.files)];
  const all = new Set([...wanted.keys(), ...there.keys()]);
  return [...all].filter((sha256) => wanted.get(sha256) !== there.get(sha256)).sort();
}

/** Only parts that an upload names: any other is what a try left that did not count. */
async function moveParts({ from, to, workspace }: Places): Promise<void> {
  const known = new Set<string>();
  const kind = { ...uploadsCollection, schema: { parse: (value: unknown) => value as { id: string } } };
  for await (const { doc } of everyDocument(from.documents, kind, workspace)) {
    const { id, parts } = uploadsCollection.schema.parse(doc);
    known.add(id);
    await to.files.dropParts(workspace, id);
    for (const part of parts) {
      await to.files.keepPart(workspace, id, part, await from.files.openPart(workspace, id, part));
    }
  }
  for await (const upload of to.files.listUploads(workspace)) {
    if (!known.has(upload)) await to.files.dropParts(workspace, upload);
  }
}
