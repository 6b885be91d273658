import type { VNode } from "preact";
import { ASSET_CACHE_BUST_KEY } from "../constants.ts";

export { ASSET_CACHE_BUST_KEY };

/** Attribute that keeps the key of an element that is handed to an island. */
export const DATA_FRESH_KEY = "data-frsh-key";
/** Attribute that says whether links in an element are to load parts of pages only. */
export const CLIENT_NAV_ATTR = "f-client-nav";
/** Comments with this prefix mark where islands and their slots begin. */
export const MARKER_PREFIX = "frsh:";

/** Text that is safe in a comment between colons. */
export function encodeMarker(text: unknown): string {
  return String(text).toWellFormed().replaceAll(/[^\w.~-]/g, encodeURIComponent);
}

/** Add the build id to the address of a static file, so that it can be cached for ever. */
export function assetInternal(path: string, buildId: string, basePath = ""): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const url = new URL(path, "https://asset.invalid");
  if (url.host !== "asset.invalid" || url.searchParams.has(ASSET_CACHE_BUST_KEY)) return path;
  url.searchParams.set(ASSET_CACHE_BUST_KEY, buildId);
  return applyBasePath(url.pathname + url.search + url.hash, basePath);
}

/** Put an absolute path below the base path; addresses of other sites and relative ones stay as they are. */
export function applyBasePath(path: string, basePath = ""): string {
  if (basePath === "" || basePath === "/" || !path.startsWith("/") || path.startsWith("//")) return path;
  return basePath === "./" ? `.${path}` : basePath + path;
}

/** The same for every address in a `srcset`. */
export function assetSrcSetInternal(srcset: string, buildId: string, basePath?: string): string {
  const parts = srcset.split(",");
  // Parentheses or an empty part: not a plain list, better left as it is.
  if (srcset.includes("(") || parts.some((part) => part.trim() === "")) return srcset;
  return parts.map((part) => part.replace(/\S+/, (path) => assetInternal(path, buildId, basePath))).join(",");
}

/** Changes to an element's props that server and browser must make alike, or `null` for none. */
export function sharedProps(
  vnode: VNode<Record<string, unknown>>,
  buildId: string,
  current: { pathname: string },
): Record<string, unknown> | null {
  const { type, props } = vnode;
  if (typeof type !== "string") return null;
  let changes: Record<string, unknown> | null = null;
  if (type === "a") changes = activeLink(props.href, current.pathname);
  if (type === "img" || type === "source") changes = cacheableSources(props, buildId);
  if (!(CLIENT_NAV_ATTR in props)) return changes;
  // A boolean would be written as an empty attribute, or none.
  return { ...changes, [CLIENT_NAV_ATTR]: String(props[CLIENT_NAV_ATTR]) };
}

/** Addresses of pictures with the build id, so that browsers keep them. */
function cacheableSources(props: Record<string, unknown>, buildId: string): Record<string, unknown> | null {
  if (props["data-fresh-disable-lock"]) return null;
  const changes: Record<string, unknown> = {};
  if (typeof props.src === "string") changes.src = assetInternal(props.src, buildId);
  if (typeof props.srcset === "string") changes.srcset = assetSrcSetInternal(props.srcset, buildId);
  if (typeof props.srcSet === "string") changes.srcSet = assetSrcSetInternal(props.srcSet, buildId);
  return changes;
}

/** Mark links to the current page, and to the pages above it. */
function activeLink(href: unknown, pathname: string): Record<string, unknown> | null {
  if (typeof href !== "string" || !href.startsWith("/") || href.startsWith("//")) return null;
  const target = withoutSlash(href.replace(/[?#].*$/s, ""));
  const here = withoutSlash(pathname);
  if (target === here) return { "data-current": "true", "aria-current": "page" };
  const isAbove = target === "/" || here.startsWith(`${target}/`);
  return isAbove ? { "data-ancestor": "true", "aria-current": "true" } : null;
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path || "/";
}
