import * as path from "node:path";
import { pathToFileURL } from "node:url";

/** A script as it is served. */
export interface BundledFile {
  /** Name below the folder of all scripts. */
  name: string;
  content: Uint8Array;
}

/** Whether and how to write source maps. */
export interface SourceMapOptions {
  /** In the script itself, in a file that it names, or in a file that only those find who know of it. */
  kind: "inline" | "linked" | "external";
  /** Put before the paths of the sources. */
  sourceRoot?: string;
  /** Whether the map holds the sources themselves. */
  sourcesContent?: boolean;
}

/** What to bundle, and how. */
export interface BundleOptions {
  /** Name of each script, and the module it begins with. */
  entries: Map<string, string>;
  /** Development keeps names and adds source maps. */
  isDevelopment: boolean;
  /** Source maps in production. */
  sourceMap?: SourceMapOptions;
}

/**
 * Bundle modules for browsers. What several entries use, and what is imported dynamically, goes into chunks of its own,
 * whose names change with their content.
 */
export async function bundle({ entries, isDevelopment, sourceMap }: BundleOptions): Promise<BundledFile[]> {
  if (Deno.bundle === undefined) {
    throw new Error(`Cannot bundle islands: "Deno.bundle" is missing. Add "bundle" to "unstable" in deno.json`);
  }
  // The bundler names scripts after their files, so each entry is a small file with the name that is wanted.
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "bundle_" }));
  try {
    const files = await Promise.all(Array.from(entries, ([name, spec]) => writeEntry(folder, name, spec)));
    const result = await Deno.bundle({
      entrypoints: files,
      outputDir: path.join(folder, "out"),
      platform: "browser",
      format: "esm",
      codeSplitting: true,
      minify: !isDevelopment,
      sourcemap: sourceMap?.kind ?? (isDevelopment ? "inline" : undefined),
      write: false,
    });
    if (!result.success) {
      throw new Error(`Cannot bundle islands:\n${result.errors.map(({ text }) => text).join("\n")}`);
    }
    return (result.outputFiles ?? []).map((file) => ({
      name: path.relative(path.join(folder, "out"), file.path).replaceAll("\\", "/"),
      content: changeMap(file.path, file.contents ?? new Uint8Array(), sourceMap),
    }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function writeEntry(folder: string, name: string, spec: string): Promise<string> {
  const url = JSON.stringify(path.isAbsolute(spec) ? pathToFileURL(spec).href : spec);
  const file = path.join(folder, `${name}.js`);
  // A namespace has `default` or has not; naming it in an export would fail where it is missing.
  await Deno.writeTextFile(file, `import * as mod from ${url};\nexport * from ${url};\nexport default mod.default;\n`);
  return file;
}

/** The bundler takes no options for what is in a map. */
function changeMap(name: string, content: Uint8Array, options: SourceMapOptions = { kind: "linked" }): Uint8Array {
  const { sourceRoot, sourcesContent = true } = options;
  if (!name.endsWith(".map") || (sourceRoot === undefined && sourcesContent)) return content;
  const map: Record<string, unknown> = JSON.parse(new TextDecoder().decode(content));
  if (sourceRoot !== undefined) map.sourceRoot = sourceRoot;
  if (!sourcesContent) delete map.sourcesContent;
  return new TextEncoder().encode(JSON.stringify(map));
}
