import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** What can be set when an App is made. */
export interface FreshConfig {
  /** Path under which the whole app is served, such as `/foo/bar`. */
  basePath?: string;
  /** @default "production" */
  mode?: "development" | "production";
}

/** The configuration with all defaults filled in. */
export interface ResolvedFreshConfig {
  /** Folder of the project. */
  root: string;
  /** Path under which the whole app is served, `""` for the root. */
  basePath: string;
  /** Development shows errors and never caches. */
  mode: "development" | "production";
}

/** Make an absolute path of a path or `file:` URL that may be relative to `root`. */
export function parseDirPath(dirPath: string, root: string): string {
  if (dirPath.startsWith("file://")) return fileURLToPath(dirPath);
  return path.isAbsolute(dirPath) ? dirPath : path.join(root, dirPath);
}

/** Refuse a base path that could not be matched or would double slashes. */
export function assertBasePath(basePath: string): void {
  if (basePath === "" || basePath === "/" || basePath === "./") return;
  if (!basePath.startsWith("/")) {
    throw new Error(`Invalid basePath: "${basePath}". Must be empty, "/", "./", or start with "/"`);
  }
  if (basePath.endsWith("/")) {
    throw new Error(`Invalid basePath: "${basePath}". Must not end with "/" except for root path`);
  }
  if (!/^\/[\w\-./]*$/.test(basePath)) {
    throw new Error(`Invalid basePath: "${basePath}". Contains invalid characters`);
  }
}
