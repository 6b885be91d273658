import { PARTIAL_SEARCH_PARAM } from "./constants.ts";

/**
 * Make a `Location` header of a path or URL. What begins like a path stays on this site: browsers read `\` as `/`, and
 * drop tabs and line breaks, so `/\evil.com` would be the address of another host.
 */
export function safeLocation(pathOrUrl: string, isPartial: boolean): string {
  let location = pathOrUrl.replace(/^[\0-\x20]+/, "").replaceAll(/[\t\n\r]/g, "");
  if (/^[/\\]/.test(location)) {
    const end = location.search(/[?#]/);
    const pathname = end === -1 ? location : location.slice(0, end);
    location = pathname.replaceAll(/[/\\]+/g, "/") + location.slice(pathname.length);
  }
  // Headers carry bytes, not characters.
  location = location.toWellFormed().replaceAll(/[^\x20-\x7e]+/g, encodeURIComponent);
  return isPartial ? withPartialParam(location) : location;
}

/** The page that is redirected to must answer in parts, too. */
function withPartialParam(location: string): string {
  const hashAt = location.indexOf("#");
  const base = hashAt === -1 ? location : location.slice(0, hashAt);
  const separator = base.includes("?") ? "&" : "?";
  return `${base}${separator}${PARTIAL_SEARCH_PARAM}=true${location.slice(base.length)}`;
}
