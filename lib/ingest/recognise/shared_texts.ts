import { SaxesParser } from "saxes";
import { InputError } from "@/lib/errors.ts";
import type { ZipArchive } from "./open_zip.ts";
import { damagedPart, local, typedText } from "./xml_part.ts";

/** The texts must lie in memory, since cells name them by place: so many letters, and no more. */
const MAX_LETTERS = 256 * 2 ** 20;

/** The first `count` texts that the cells of a workbook share. */
export async function readSharedTexts(
  zip: ZipArchive,
  path: string,
  count: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const texts: string[] = [];
  if (count === 0) return texts;
  const parser = new SaxesParser();
  let failed: Error | null = null;
  let letters = 0;
  let text = "";
  let taking = false;
  let phonetic = false;
  parser.on("error", (error) => failed ??= error);
  parser.on("opentag", ({ name }) => {
    const tag = local(name);
    if (tag === "si") text = "";
    else if (tag === "rPh") phonetic = true;
    else if (tag === "t") taking = !phonetic;
  });
  parser.on("text", (part) => {
    if (taking) text += part;
  });
  parser.on("closetag", ({ name }) => {
    const tag = local(name);
    if (tag === "t") taking = false;
    else if (tag === "rPh") phonetic = false;
    else if (tag === "si") {
      letters += text.length;
      texts.push(typedText(text));
    }
  });
  const decoder = new TextDecoder();
  for await (const piece of zip.read(path)) {
    signal?.throwIfAborted();
    parser.write(decoder.decode(piece, { stream: true }));
    if (failed) throw damagedPart(path, failed);
    if (letters > MAX_LETTERS) {
      throw new InputError(
        "unpacks-too-large",
        `Cannot read the workbook: its texts take more than ${MAX_LETTERS >> 20} MiB; save the sheet as CSV`,
      );
    }
    if (texts.length >= count) break;
  }
  return texts;
}
