import type { Context } from "../context.ts";
import type { Middleware } from "./mod.ts";
import { withHeaders } from "./response.ts";

/** Options of {@linkcode cors}. */
export type CORSOptions<State> = {
  /** Origins that may read answers: one, a list, `*`, or a function that answers the origin to allow. */
  origin: string | string[] | ((origin: string, ctx: Context<State>) => string | undefined | null);
  /** @default ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"] */
  allowMethods?: string[];
  /** Headers that requests may have; those asked for if left out. */
  allowHeaders?: string[];
  /** Seconds for which a browser may remember the answer to a preflight. */
  maxAge?: number;
  /** Whether requests may have cookies. */
  credentials?: boolean;
  /** Headers that pages may read. */
  exposeHeaders?: string[];
};

const DEFAULT_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Lets pages of other origins read answers. */
export function cors<State>(options: CORSOptions<State> = { origin: "*" }): Middleware<State> {
  const { origin = "*", allowMethods = DEFAULT_METHODS, allowHeaders = [], exposeHeaders = [] } = options;

  return async (ctx) => {
    const allowed = allowedOrigin(ctx, origin);
    const vary: string[] = origin !== "*" && allowed && allowed !== "*" ? ["Origin"] : [];
    const setShared = (headers: Headers): void => {
      if (allowed) headers.set("Access-Control-Allow-Origin", allowed);
      if (options.credentials) headers.set("Access-Control-Allow-Credentials", "true");
      if (exposeHeaders.length > 0) headers.set("Access-Control-Expose-Headers", exposeHeaders.join(","));
    };

    if (ctx.req.method !== "OPTIONS") {
      return withHeaders(await ctx.next(), (headers) => {
        setShared(headers);
        if (vary.length > 0) headers.set("Vary", union(vary, headers.get("Vary")));
      });
    }

    const headers = new Headers();
    setShared(headers);
    if (options.maxAge !== undefined) headers.set("Access-Control-Max-Age", String(options.maxAge));
    if (allowMethods.length > 0) headers.set("Access-Control-Allow-Methods", allowMethods.join(","));
    const asked = ctx.req.headers.get("Access-Control-Request-Headers");
    const accepted = allowHeaders.length > 0 ? allowHeaders : list(asked);
    if (accepted.length > 0) {
      headers.set("Access-Control-Allow-Headers", accepted.join(","));
      vary.push("Access-Control-Request-Headers");
    }
    if (vary.length > 0) headers.set("Vary", vary.join(", "));
    return new Response(null, { status: 204, statusText: "No Content", headers });
  };
}

function allowedOrigin<State>(ctx: Context<State>, origin: CORSOptions<State>["origin"]): string | null {
  const asking = ctx.req.headers.get("Origin") ?? "";
  if (typeof origin === "function") return origin(asking, ctx) ?? null;
  if (origin === "*") return "*";
  return [origin].flat().includes(asking) ? asking : null;
}

function list(text: string | null): string[] {
  return text ? text.split(/\s*,\s*/) : [];
}

function union(names: string[], existing: string | null): string {
  return [...new Set([...names, ...list(existing)])].join(", ");
}
