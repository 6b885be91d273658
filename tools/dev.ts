/**
 * `deno task dev`: serves, and starts the server anew whenever a file changes; open pages reload by themselves.
 * A process of its own each time: DuckDB may be opened once per process, and a restart inside one would not close it.
 */
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const WATCHED = [
  "routes",
  "islands",
  "components",
  "widgets",
  "plugins",
  "lib",
  "static",
  "main.ts",
  "guard.ts",
  "dev.ts",
  ".env",
];
/** Editors write in several steps. */
const QUIET_MS = 150;

function serve(): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args: ["run", "-A", "dev.ts"], cwd: root, stdin: "null" }).spawn();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

if (import.meta.main) {
  let child = serve();
  const paths = WATCHED.map((path) => root + path);
  const present = (await Promise.all(paths.map(exists))).flatMap((is, index) => is ? [paths[index]!] : []);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      child.kill(signal);
      void child.status.then(() => Deno.exit(0));
    });
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const { kind, paths: changed } of Deno.watchFs(present)) {
    if (kind === "access" || changed.every((path) => /_test\.tsx?$|~$|\.swp$/.test(path))) continue;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      console.log(`Changed: ${changed[0]!.slice(root.length)}`);
      const before = child;
      before.kill("SIGTERM");
      await before.status;
      child = serve();
    }, QUIET_MS);
  }
}
