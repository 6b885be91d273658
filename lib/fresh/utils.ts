import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type { Lazy, MaybeLazy } from "./types.ts";

/** Whether the value is loaded by calling it. */
export function isLazy<T>(value: MaybeLazy<T>): value is Lazy<T> {
  return typeof value === "function";
}

/** Fail when `filePath` lies outside of `dir`. */
export function assertInDir(filePath: string, dir: string): void {
  const full = path.isAbsolute(filePath) ? filePath : path.join(dir, filePath);
  const relative = path.relative(dir, full);
  if (relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    throw new Error(`Path "${full}" resolved outside of "${dir}"`);
  }
}

/** Make a JavaScript name of a file's name: `nav-bar.tsx` becomes `nav_bar`. */
export function pathToExportName(filePath: string): string {
  const name = path.basename(filePath, path.extname(filePath));
  return name.replaceAll(/^[^a-z_$]|[^a-z0-9_$]/gi, "_").replaceAll(/_{2,}/g, "_");
}

/** Keep text from ending, or changing the parsing of, the script or style element it is put in. */
export function escapeScript(content: string, options: { json?: boolean } = {}): string {
  return content
    .replaceAll(/<\/(style|script)/gi, "<\\/$1")
    .replaceAll("<!--", options.json ? "\\u003C!--" : "\\x3C!--");
}

const RESERVED: Set<string> = new Set(
  ("break case catch class const continue debugger default delete do else export extends false finally for function " +
    "if import in instanceof new null return super switch this throw true try typeof var void while with let static " +
    "yield await enum implements interface package private protected public abstract boolean byte char double final " +
    "float goto int long native short synchronized throws transient volatile arguments as async eval from get of set")
    .split(" "),
);

/** Gives every island a name of its own that is a JavaScript identifier. */
export class UniqueNamer {
  #seen = new Map<string, number>();

  /** The name itself, or the name with a number that was not used yet. */
  getUniqueName(name: string): string {
    let unique = name.replaceAll(/[^A-Za-z0-9_$]+/g, "_");
    if (/^\d/.test(unique) || RESERVED.has(unique)) unique = `_${unique}`;
    const count = this.#seen.get(unique) ?? 0;
    this.#seen.set(unique, count + 1);
    return count === 0 ? unique : this.getUniqueName(`${unique}_${count}`);
  }
}

/** Specifier by which a module in `outDir` imports `spec`, which may be a path or a URL. */
export function pathToSpec(outDir: string, spec: string): string {
  if (/^(https?|jsr|npm|node|data):/.test(spec)) return spec;
  const file = path.normalize(spec.startsWith("file://") ? fileURLToPath(spec) : spec);
  const relative = (path.isAbsolute(file) ? path.relative(outDir, file) : file).replaceAll("\\", "/");
  return relative.startsWith(".") ? relative : `./${relative}`;
}
