import { pathToExportName } from "../utils.ts";

/** Name of an island module, made of its path, URL or package specifier. */
export function specToName(spec: string): string {
  if (/^(https?|file):/.test(spec)) {
    const { pathname, hostname } = new URL(spec);
    return pathToExportName(pathname === "/" ? hostname : pathname.slice(pathname.lastIndexOf("/") + 1));
  }
  const { scope, name, rest } = /^(?:(?:jsr|npm):)?(?:@(?<scope>[^/]+)\/)?(?<name>[^@/]+)(?:@[^/]*)?(?<rest>\/.*)?$/
    .exec(spec)?.groups ?? {};
  if (rest !== undefined || name === undefined) return pathToExportName(rest ?? spec);
  return pathToExportName(scope === undefined ? name : `${scope}_${name}`);
}
