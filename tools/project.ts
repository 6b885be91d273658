/** What every check knows of the project: where it is, which files are its own, and how a finding is written down. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const projectRoot: string = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** One thing to mend. `file` is relative to the project, with `/`. */
export interface Finding {
  file: string;
  line: number;
  message: string;
  /** What to do about it, as an order. */
  mend: string;
}

/** A finding as one line that editors and terminals can follow. */
export function formatFinding({ file, line, message, mend }: Finding): string {
  return `${file}:${line}: ${message}. To mend it: ${mend}`;
}

const SKIPPED = new Set(["node_modules", "_fresh", "data", "screenshots", "vendor", ".git"]);

/** The project's own files with one of the endings, sorted, relative to `root`. */
export async function projectFiles(endings: string[], root: string = projectRoot): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for await (const entry of Deno.readDir(folder)) {
      if (SKIPPED.has(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await walk(path);
      else if (entry.isFile && endings.some((ending) => entry.name.endsWith(ending))) found.push(relative(root, path));
    }
  };
  await walk(root);
  return found.map((path) => path.replaceAll("\\", "/")).sort();
}

/** Whether a file is a test or serves tests and measurements only, and so never runs in the product. */
export function isTestCode(file: string): boolean {
  return /_test\.tsx?$/.test(file) || /^(tests|bench|tools)\//.test(file);
}

/** Runs this very Deno, output shown as it comes; answers the exit code. */
export async function runDeno(args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectRoot,
    env,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  return (await child.status).code;
}
