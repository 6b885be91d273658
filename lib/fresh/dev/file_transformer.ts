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

    const files = new Map<string, Uint8Array>([[filePath, content]]);
    const changed = new Set<string>();
    for (const [name, original] of files) {
      let file = { path: name, content: original };
      for (const { options, fn } of this.#transformers) {
        if (!matches(options, file.path)) continue;
        const text = new TextDecoder().decode(file.content);
        const made = await fn({ ...file, text, mode, target, root: this.#root });
        for (const item of made === undefined ? [] : [made].flat()) {
          const bytes = typeof item.content === "string" ? new TextEncoder().encode(item.content) : item.content;
          if (Array.isArray(made) && item.path !== file.path) {
            // Files beside this one pass through the transformers in their turn.
            if (!files.has(item.path!)) files.set(item.path!, bytes);
            changed.add(item.path!);
          } else {
            file = { path: item.path ?? file.path, content: bytes };
            changed.add(file.path);
          }
        }
      }
      if (file.path !== name) {
        files.delete(name);
        changed.delete(name);
      }
      files.set(file.path, file.content);
    }
    const result = [...files].filter(([name]) => changed.has(name)).map(([path, content]) => ({ path, content }));
    return result.length > 0 ? result : null;
  }
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
