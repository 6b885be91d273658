/** Parts of files that are still arriving: `<directory>/.parts/<workspace>/<upload>/<part>`. */
import { join } from "node:path";
import { BLOCK_BYTES } from "./_blocks.ts";
import { ignoreMissing, namesIn, sizeOf, writeWhole } from "./_disk_file.ts";
import { checkedPartName, missingPart } from "./_names.ts";
import type { PartOptions } from "./mod.ts";

const PARTS = ".parts";

/** The parts under one folder of kept files. */
export class DiskParts {
  constructor(readonly directory: string, readonly arriving: string) {}

  /** Writes one part. `workspace` is checked by the caller. */
  async keep(
    workspace: string,
    upload: string,
    part: string,
    body: ReadableStream<Uint8Array>,
    options: PartOptions,
  ): Promise<number> {
    const target = join(this.#folder(workspace, upload), checkedPartName(part));
    const { bytes } = await writeWhole(body, {
      ...options,
      what: "part",
      root: this.directory,
      temporary: join(this.arriving, crypto.randomUUID()),
      place: () => target,
    });
    return bytes;
  }

  /** The bytes of the parts, one after the other. Throws `NotFoundError` before any byte where one is missing. */
  async open(workspace: string, upload: string, parts: readonly string[]): Promise<ReadableStream<Uint8Array>> {
    const paths = parts.map((part) => join(this.#folder(workspace, upload), checkedPartName(part)));
    for (const [i, path] of paths.entries()) {
      if (await sizeOf(path) === null) throw missingPart(upload, parts[i]!);
    }
    return ReadableStream.from(bytesOf(paths));
  }

  /** True where there was something to remove. */
  async drop(workspace: string, upload: string): Promise<boolean> {
    try {
      await Deno.remove(this.#folder(workspace, upload), { recursive: true });
      return true;
    } catch (error) {
      ignoreMissing(error);
      return false;
    }
  }

  /** Every upload that has parts. */
  async *uploads(workspace: string): AsyncIterable<string> {
    yield* await namesIn(join(this.directory, PARTS, workspace));
  }

  #folder(workspace: string, upload: string): string {
    return join(this.directory, PARTS, workspace, checkedPartName(upload));
  }
}

async function* bytesOf(paths: string[]): AsyncIterable<Uint8Array> {
  for (const path of paths) {
    using file = await Deno.open(path);
    // Fresh bytes each time: whoever reads may still hold the ones before.
    for (let bytes = new Uint8Array(BLOCK_BYTES), read; (read = await file.read(bytes)) !== null;) {
      yield bytes.subarray(0, read);
      bytes = new Uint8Array(BLOCK_BYTES);
    }
  }
}
