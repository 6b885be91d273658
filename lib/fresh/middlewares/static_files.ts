import type { StaticFile } from "../build_cache.ts";
import { BUILD_ID } from "../build_id.ts";
import { ASSET_CACHE_BUST_KEY, JS_PREFIX } from "../constants.ts";
import { type Context, getBuildCache } from "../context.ts";
import type { Middleware } from "./mod.ts";

/**
 * Serves the files of the build: those in `static/` and the islands' scripts. Files whose address has the build id are
 * cached for ever, all others never.
 */
export function staticFiles<T>(): Middleware<T> {
  return async (ctx) => {
    const { req, url, config } = ctx;
    const pathname = toFilePath(url.pathname, config.basePath);
    const file = pathname === null || pathname === "/" ? null : await getBuildCache(ctx).readFile(pathname);
    if (file === null) {
      // Browsers ask for it on every page; a rendered error page would be a waste.
      return pathname === "/favicon.ico" ? new Response(null, { status: 404 }) : await ctx.next();
    }

    if (req.method !== "GET" && req.method !== "HEAD") {
      file.close();
      return new Response("Method Not Allowed", { status: 405 });
    }
    const buster = url.searchParams.get(ASSET_CACHE_BUST_KEY);
    if (buster !== null && buster !== BUILD_ID) {
      // A page of another build asks: what it gets must not be cached as if it were of this one.
      file.close();
      url.searchParams.delete(ASSET_CACHE_BUST_KEY);
      return new Response(null, { status: 307, headers: { location: url.pathname + url.search } });
    }
    return serve(ctx, file, buster !== null || url.pathname.startsWith(`${config.basePath}${JS_PREFIX}/${BUILD_ID}/`));
  };
}

function toFilePath(pathname: string, basePath: string): string | null {
  try {
    const decoded = decodeURIComponent(pathname);
    // An encoded slash can hide a way out of the folder.
    if (decoded.split(/[/\\]/).includes("..")) return null;
    if (basePath === "" || basePath === "/") return decoded;
    if (decoded === basePath) return "/";
    return decoded.startsWith(`${basePath}/`) ? decoded.slice(basePath.length) : null;
  } catch {
    // No file has a name that is no text.
    return null;
  }
}

function serve<T>({ req, config }: Context<T>, file: StaticFile, isOfThisBuild: boolean): Response {
  const headers = new Headers({ "Content-Type": file.contentType, "Vary": "If-None-Match" });
  if (file.hash !== null) headers.set("Etag", `W/"${file.hash}"`);
  const known = req.headers.get("If-None-Match");
  if (file.hash !== null && known !== null && [file.hash, `W/"${file.hash}"`].includes(known)) {
    file.close();
    return new Response(null, { status: 304, headers });
  }

  const isForever = config.mode !== "development" && (isOfThisBuild || file.immutable === true);
  headers.set(
    "Cache-Control",
    isForever ? "public, max-age=31536000, immutable" : "no-cache, no-store, max-age=0, must-revalidate",
  );
  headers.set("Content-Length", String(file.size));
  if (req.method === "HEAD") {
    file.close();
    return new Response(null, { headers });
  }
  return new Response(file.readable as BodyInit, { headers });
}
