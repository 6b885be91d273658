import { addFinalizer, type Context, getRenderedNonce } from "../context.ts";
import type { Middleware } from "./mod.ts";
import { getNonce, NONCE_SYMBOL, withHeaders } from "./response.ts";

export { NONCE_SYMBOL };

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Only report what would be refused. */
  reportOnly?: boolean;
  /** Address that reports are sent to. */
  reportTo?: string;
  /** Directives that replace the default ones of the same name, or are added. */
  csp?: string[];
  /** Allow inline scripts and styles by nonce in place of `'unsafe-inline'`. */
  useNonce?: boolean;
}

const DEFAULTS: string[] = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const UNSAFE_INLINE = "'unsafe-inline'";
/** Directives that decide over inline scripts; without a page there is none to allow. */
const SCRIPT_DIRECTIVES = new Set(["default-src", "script-src", "script-src-elem", "script-src-attr"]);
/** Directives in which a nonce means something. For `style` attributes it never does. */
const NONCE_DIRECTIVES = new Set(["default-src", "script-src", "script-src-elem", "style-src", "style-src-elem"]);

/**
 * Sets the Content-Security-Policy of every answer, error pages and redirects included.
 *
 * @example
 * ```ts
 * import { App, csp } from "fresh";
 *
 * new App().use(csp({ useNonce: true, csp: ["img-src 'self' data: blob:"] }));
 * ```
 */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, csp = [], useNonce = false } = options;
  const own = new Set(csp.map(nameOf));
  const directives = [...DEFAULTS.filter((directive) => !own.has(nameOf(directive))), ...csp];
  if (reportTo) directives.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  const header = reportOnly ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy";

  const setPolicy = (ctx: Context<State>, response: Response): Response => {
    const nonce = nonceOf(ctx, response);
    const policy = useNonce ? directives.map((directive) => withNonce(directive, nonce)) : directives;
    return withHeaders(response, (headers) => {
      headers.set(header, policy.join("; "));
      if (reportTo) headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    });
  };

  return async (ctx) => {
    // Error pages are made outside of all middlewares: they get the policy when the answer is final.
    addFinalizer(ctx, (response) => response.headers.has(header) ? response : setPolicy(ctx, response));
    return setPolicy(ctx, await ctx.next());
  };
}

/** A middleware in between may have made a page's response anew, which loses what is only known to this process. */
function nonceOf<State>(ctx: Context<State>, response: Response): string | undefined {
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  return getNonce(response) ?? (isPage ? getRenderedNonce(ctx) : undefined);
}

function nameOf(directive: string): string {
  return directive.trim().split(/\s+/, 1)[0]!.toLowerCase();
}

function withNonce(directive: string, nonce: string | undefined): string {
  const name = nameOf(directive);
  if (nonce !== undefined && NONCE_DIRECTIVES.has(name)) return directive.replaceAll(UNSAFE_INLINE, `'nonce-${nonce}'`);
  return SCRIPT_DIRECTIVES.has(name)
    ? directive.replaceAll(UNSAFE_INLINE, "").replaceAll(/\s+/g, " ").trim()
    : directive;
}
