import type { Context } from "../context.ts";
import { HttpError } from "../error.ts";
import type { Middleware } from "./mod.ts";

/** Options of {@linkcode csrf}. */
// deno-lint-ignore no-explicit-any -- by default the function is given a context of any state
export interface CsrfOptions<State = any> {
  /** Origins that may send changes; the app's own if left out. */
  origin?: string | string[] | ((origin: string, context: Context<State>) => boolean);
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses changes that another site's page sends. A request without `Origin` and `Sec-Fetch-Site` comes from no browser
 * and passes: what is to be kept from other programs needs a session or a token.
 */
export function csrf<State>(options: CsrfOptions<State> = {}): Middleware<State> {
  return async (ctx) => {
    const { method, headers } = ctx.req;
    const origin = headers.get("Origin");
    const site = headers.get("Sec-Fetch-Site");
    const isOwn = site === null ? origin === null : site === "same-origin" || site === "none";
    if (SAFE_METHODS.has(method) || isOwn || (origin !== null && isAllowed(origin, ctx, options.origin))) {
      return await ctx.next();
    }
    throw new HttpError(403);
  };
}

function isAllowed<State>(origin: string, ctx: Context<State>, allowed: CsrfOptions<State>["origin"]): boolean {
  if (typeof allowed === "function") return allowed(origin, ctx);
  return [allowed || ctx.url.origin].flat().includes(origin);
}
