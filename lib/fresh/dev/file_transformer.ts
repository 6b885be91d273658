import * as path from "node:path";
import { BUILD_ID } from "../build_id.ts";
import type { FsAdapter } from "../fs.ts";
import { assetInternal } from "../runtime/shared_internal.ts";

/** What a file is transformed for. */
export type TransformMode = "development" | "production";

/** Which static files a transformer is given. */
export interface OnTransformOptions {
  pluginName: string;
  filter: RegExp;
  /** Parts of paths, globs or patterns that are left alone. */
  exclude?: Array<string | RegExp>;
}

/** A file that a transformer made. */
export interface OnTransformResult {
  content: string | Uint8Array;
  path?: string;
  /** Its source map. */
  map?: string | Uint8Array;
}

/** The file to transform. */
export interface OnTransformArgs {
  path: string;
  target: string | string[];
  text: string;
  content: Uint8Array;
  mode: TransformMode;
  root: string;
}

type Result = void | OnTransformResult | Array<OnTransformResult & { path: string }>;

/** Changes a static file, or makes several of it. */
export type TransformFn = (args: OnTransformArgs) => Result | Promise<Result>;

/** A file that was made of another. */
export interface ProcessedFile {
  path: string;
  content: Uint8Array;
  map: string | Uint8Array | null;
  /** The files on disk that it was made of. */
  inputFiles: string[];
}

/** Passes static files through the transformers registered for them. */
export class FileTransformer {
  #transformers: { options: OnTransformOptions; fn: TransformFn }[] = [];
  #fs: FsAdapter;
  #root: string;

  constructor(fs: FsAdapter, root: string) {
    this.#fs = fs;
    this.#root = root;
  }

  /** Add a transformer; each is given what those before it made. */
  onTransform(options: OnTransformOptions, fn: TransformFn): void {
    this.#transformers.push({ options, fn });
  }

  /** Transform a file; `null` if no transformer changed it. */
  async process(filePath: string, mode: TransformMode, target: string | string[]): Promise<ProcessedFile[] | null> {
    if (!this.#transformers.some(({ options }) => matches(options, filePath))) return null;
    let content: Uint8Array;
    try {
      content = await this.#fs.readFile(filePath);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }

    const result: ProcessedFile[] = [];
    const seen = new Set([filePath]);
    const pending: PendingFile[] = [{ path: filePath, content, map: null, inputFiles: [filePath], isChanged: false }];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      for (const { options, fn } of this.#transformers) {
        if (!matches(options, file.path)) continue;
        const made = await fn({ ...toArgs(file), mode, target, root: this.#root });
        for (const item of made === undefined ? [] : [made].flat()) {
          if (Array.isArray(made) && item.path === undefined) {
            throw new TypeError(
              `Cannot transform "${file.path}": "${options.pluginName}" made several files, of which one has no path`,
            );
          }
          const changed: PendingFile = {
            path: item.path ?? file.path,
            content: typeof item.content === "string" ? new TextEncoder().encode(item.content) : item.content,
            map: item.map ?? null,
            inputFiles: file.inputFiles,
            isChanged: true,
          };
          if (!Array.isArray(made) || item.path === file.path) {
            file = changed;
          } else if (!seen.has(changed.path)) {
            // Files beside this one pass through the transformers in their turn.
            seen.add(changed.path);
            pending.push(changed);
          }
        }
      }
      const { isChanged, ...processed } = file;
      if (isChanged) result.push(processed);
    }
    return result.length > 0 ? result : null;
  }
}

interface PendingFile extends ProcessedFile {
  /** Whether a transformer made it, or changed what is in it. */
  isChanged: boolean;
}

function toArgs({ path, content }: ProcessedFile): { path: string; content: Uint8Array; text: string } {
  return { path, content, text: new TextDecoder().decode(content) };
}

function matches({ filter, exclude = [] }: OnTransformOptions, filePath: string): boolean {
  filter.lastIndex = 0;
  if (!filter.test(filePath)) return false;
  return !exclude.some((item) => {
    if (item instanceof RegExp) return item.test(filePath);
    return /[*?{[]/.test(item) ? path.matchesGlob(filePath, item) : filePath.includes(item);
  });
}

const CSS_URL = /url\((?:"([^"]*)"|'([^']*)'|([^"')][^)]*))\)/g;

/** Add the build id to the addresses of static files in style sheets. */
export function cssAssetHash(transformer: FileTransformer): void {
  transformer.onTransform({ pluginName: "fresh-css", filter: /\.css$/ }, ({ text }) => ({
    content: text.replaceAll(CSS_URL, (whole, double?: string, single?: string, bare?: string) => {
      const address = double ?? single ?? bare ?? "";
      const busted = assetInternal(address, BUILD_ID);
      return busted === address ? whole : `url(${JSON.stringify(busted)})`;
    }),
  }));
}
