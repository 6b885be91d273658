/** Reads who imports what, with Deno's own parser. */
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { projectRoot } from "./project.ts";

/** One import statement (or dynamic import). */
export interface ImportEdge {
  /** As written: `@/lib/model/mod.ts`, `./x.ts`, `zod`. */
  specifier: string;
  /** The project file it means, or null for a package or a built-in. */
  target: string | null;
  line: number;
  /** `import type`: gone at run time. */
  typeOnly: boolean;
}

/** A file of the project and its imports. */
export interface ImportingFile {
  file: string;
  imports: ImportEdge[];
}

const sideSchema = z.looseObject({
  specifier: z.string().optional(),
  span: z.looseObject({ start: z.looseObject({ line: z.int() }) }).optional(),
});
const graphSchema = z.looseObject({
  modules: z.array(z.looseObject({
    specifier: z.string(),
    dependencies: z.array(z.looseObject({
      specifier: z.string(),
      code: sideSchema.optional(),
      type: sideSchema.optional(),
    })).default([]),
  })),
});

/** The imports of the given files (relative to `root`), sorted by file. */
export async function readImports(files: string[], root: string = projectRoot): Promise<ImportingFile[]> {
  const scratch = await Deno.makeTempDir({ prefix: "tessera-imports-" });
  try {
    // One module that imports every file: so one call reads them all.
    const entry = join(scratch, "all.ts");
    const urls = files.map((file) => pathToFileURL(join(root, file)).href);
    await Deno.writeTextFile(entry, urls.map((url) => `import ${JSON.stringify(url)};\n`).join(""));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--config", join(root, "deno.json"), "--no-lock", entry],
      cwd: root,
      stdin: "null",
    }).output();
    if (code !== 0) throw new Error(`Cannot read the imports: ${new TextDecoder().decode(stderr).trim()}`);
    return fromGraph(new TextDecoder().decode(stdout), files, root);
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

function fromGraph(json: string, files: string[], root: string): ImportingFile[] {
  const graph = graphSchema.parse(JSON.parse(json));
  const base = `${pathToFileURL(root).href}/`;
  const wanted = new Set(files);
  const found: ImportingFile[] = [];
  for (const module of graph.modules) {
    if (!module.specifier.startsWith(base)) continue;
    const file = relative(root, decodeURIComponent(new URL(module.specifier).pathname)).replaceAll("\\", "/");
    if (!wanted.has(file)) continue;
    const imports: ImportEdge[] = [];
    for (const { specifier, code, type } of module.dependencies) {
      const side = code ?? type;
      // The JSX runtime that the compiler adds stands nowhere in the source.
      if (!side?.span || specifier.endsWith("/jsx-runtime")) continue;
      // "fresh" is a package by name, though a folder of ours stands in for it.
      const to = /^fresh(\/|$)/.test(specifier) ? "" : side.specifier ?? "";
      const target = to.startsWith(base) ? decodeURIComponent(to.slice(base.length)) : null;
      imports.push({ specifier, target, line: side.span.start.line + 1, typeOnly: code === undefined });
    }
    found.push({ file, imports });
  }
  return found.sort((a, b) => a.file < b.file ? -1 : 1);
}
