import * as path from "node:path";
import { CommandType } from "../commands.ts";
import { type FsAdapter, fsAdapter, type WalkEntry } from "../fs.ts";
import type { FsRouteFile } from "../fs_routes.ts";
import { pathToPattern } from "../router.ts";
import { sortRoutePaths } from "../sort_routes.ts";

/** A route file that was found and not loaded yet. */
export type FsRouteFileNoMod<State> = Omit<FsRouteFile<State>, "mod"> & { lazy: boolean };

/** A folder whose name begins with `(_` holds no routes. */
const PRIVATE_FOLDER = /[/\\]\((_[^/\\]+)\)[/\\]/;

const SPECIAL: Record<string, CommandType> = {
  _middleware: CommandType.Middleware,
  _layout: CommandType.Layout,
  _app: CommandType.App,
  _404: CommandType.NotFound,
  _error: CommandType.Error,
  _500: CommandType.Error,
};

/** Find the route files of a folder, in the order in which they apply. */
export async function crawlRouteDir<State>(
  fs: FsAdapter,
  routeDir: string,
  ignore: RegExp[],
  onIslandSpecifier: (spec: string) => void,
): Promise<FsRouteFileNoMod<State>[]> {
  const files: FsRouteFileNoMod<State>[] = [];
  await walkDir(fs, routeDir, (entry) => {
    const privateFolder = PRIVATE_FOLDER.exec(entry.path)?.[1];
    if (privateFolder === undefined) files.push(toRouteFile(routeDir, entry.path));
    else if (privateFolder === "_islands") onIslandSpecifier(entry.path);
  }, ignore);
  return files.sort((a, b) => sortRoutePaths(a.id, b.id));
}

function toRouteFile<State>(routeDir: string, filePath: string): FsRouteFileNoMod<State> {
  const relative = path.relative(routeDir, filePath).replaceAll("\\", "/");
  // As it looks in an address, so that names beyond ASCII are found.
  const id = new URL(`http://localhost/${relative}`).pathname.replace(/\.[^./]+$/, "");
  const folder = id.slice(1, Math.max(1, id.lastIndexOf("/")));
  const type = SPECIAL[id.slice(id.lastIndexOf("/") + 1)] ?? CommandType.Route;
  const file = { id, filePath: filePath.replaceAll("\\", "/"), type, lazy: false, overrideConfig: undefined };

  if (type === CommandType.App || type === CommandType.NotFound) return { ...file, pattern: "*", routePattern: "*" };
  if (type !== CommandType.Route) {
    const pattern = pathToPattern(folder, { keepGroups: true });
    return { ...file, pattern, routePattern: pattern };
  }
  let pattern = pathToPattern(id.slice(1), { keepGroups: true });
  // An index lies inside of its folder, not beside it.
  if (id.endsWith("/index") && !pattern.endsWith("/")) pattern += "/";
  return { ...file, pattern, routePattern: pathToPattern(id.slice(1)) };
}

/** Call `callback` with every script in a folder and below; a folder that is missing is empty. */
export async function walkDir(
  fs: FsAdapter,
  dir: string,
  callback: (entry: WalkEntry) => void | Promise<void>,
  ignore: RegExp[],
): Promise<void> {
  if (!await fs.isDirectory(dir)) return;
  const options = { includeDirs: false, includeFiles: true, exts: ["tsx", "jsx", "ts", "js"], skip: ignore };
  for await (const entry of fs.walk(dir, options)) await callback(entry);
}

/** Find all islands and routes of a project. */
export async function crawlFsItem<State>(
  options: { islandDir: string; routeDir: string; ignore: RegExp[] },
): Promise<{ islands: string[]; routes: FsRouteFileNoMod<State>[] }> {
  const islands: string[] = [];
  const addIsland = (filePath: string) => void islands.push(filePath);
  await walkDir(fsAdapter, options.islandDir, (entry) => addIsland(entry.path), options.ignore);
  const routes = await crawlRouteDir<State>(fsAdapter, options.routeDir, options.ignore, addIsland);
  return { islands, routes };
}
