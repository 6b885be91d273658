/** What stands around every answer: who asks, what is let in, errors as answers, security headers, a line in the log. */
import { type Context, csp, HttpError, type Middleware } from "fresh";
import { h } from "preact";
import { ErrorPage } from "@/components/ErrorPage.tsx";
import type { State } from "@/lib/define.ts";
import { NotFoundError, TesseraError, UnavailableError } from "@/lib/errors.ts";
import type { Log } from "@/lib/log.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import type { OpenServices } from "@/lib/open_services.ts";
import { readTheme } from "@/lib/theme.ts";
import { checkAccess } from "@/lib/http/access.ts";
import { allowedMethods } from "@/lib/http/allowed_methods.ts";
import { checkHost } from "@/lib/http/host_check.ts";
import { problem, statusOf } from "@/lib/http/problem.ts";
import { withSecurityHeaders } from "@/lib/http/security_headers.ts";
import { createTryLimit, type TryLimit } from "@/lib/http/try_limit.ts";

/** Scripts and styles are ours alone, inline ones only with the page's nonce; nothing frames a page. */
const pagePolicy = csp<State>({
  useNonce: true,
  csp: ["default-src 'none'", "img-src 'self' data:", "font-src 'self'", "base-uri 'none'"],
});

/** Open to those who have not signed in: the sign-in page itself, and what monitors ask. */
const OPEN_PATHS = new Set(["/sign-in", "/healthz", "/readyz"]);

/** Answers as the whole app does. */
type Answers = (request: Request, info: Deno.ServeHandlerInfo) => Promise<Response>;

/**
 * The outermost middleware. `open` answers the services; they may still be opening when the first request comes.
 * `app` makes what answers as the whole app does: it is asked which methods an address takes.
 */
export function guard(open: () => Promise<OpenServices>, app: () => Answers): Middleware<State> {
  const limit = createTryLimit();
  let answers: Answers | undefined;
  return async (ctx) => {
    const began = performance.now();
    const requestId = crypto.randomUUID();
    let log: Log | undefined;
    let https = false;
    let response: Response;
    try {
      const services = await open();
      log = services.log.child({ requestId });
      https = services.config.publicUrl?.startsWith("https:") ?? false;
      Object.assign(ctx.state, {
        services,
        viewer: LOCAL_OWNER,
        requestId,
        theme: readTheme(ctx.req.headers.get("cookie")),
      });
      checkHost(ctx.req, services.config);
      if (!isOpen(ctx.url.pathname)) checkAccess(ctx.req, services.config);
      if (asksForData(ctx.url.pathname)) await services.gate.check();
      if (isCounted(ctx.url.pathname)) services.counters.request(LOCAL_OWNER.workspace);
      response = await services.drain.handle(() => isData(ctx.url) ? ctx.next() : pagePolicy(ctx));
      if (isWrongSignIn(ctx, response)) countTry(limit, ctx);
    } catch (thrown) {
      const error = explain(thrown, ctx, limit);
      response = await answerError(ctx, error, requestId);
      const told = isBeingFilled(error) ? "warn" : "error";
      if (response.status >= 500) (log ?? console)[told]("Cannot answer a request", { error });
    }
    const { req: { method }, url: { pathname: path } } = ctx;
    if (method === "OPTIONS" || response.status === 405) {
      // Whoever was refused a method asks, in its place, for those there are.
      const asked = method === "OPTIONS" ? response : await (answers ??= app())(asOptions(ctx.req), ctx.info);
      if (response.status < 400 || response.status === 405) {
        response.headers.set("allow", allowedMethods(asked.headers.get("allow")).join(", "));
      }
    }
    log?.debug("Answered", {
      method,
      path,
      status: response.status,
      milliseconds: Math.round(performance.now() - began),
    });
    return withSecurityHeaders(response, { https, requestId });
  };
}

function isOpen(path: string): boolean {
  // What a sign-in page is made of: styles, fonts, the logo. Data is never among static files.
  return OPEN_PATHS.has(path) || /^\/(fonts\/[\w.-]+|[\w-]+\.(css|svg))$/.test(path);
}

/** A place that waits for a move to end is as it should be. */
function isBeingFilled(error: unknown): boolean {
  return error instanceof TesseraError && error.code === "being-filled";
}

/** What is open to all shows no data; what monitors ask tells whether there is any to show. */
function asksForData(path: string): boolean {
  return !isOpen(path) || path === "/readyz";
}

/** Pages and the API: files and what monitors ask say nothing of how much the place is used. */
function isCounted(path: string): boolean {
  return !isOpen(path) && !path.startsWith("/_fresh/");
}

function isData(url: URL): boolean {
  return /^\/(api(\/|$)|healthz$|readyz$)/.test(url.pathname);
}

function asOptions({ url, headers }: Request): Request {
  return new Request(url, { method: "OPTIONS", headers });
}

function isWrongSignIn({ req, url }: Context<State>, { status }: Response): boolean {
  return status === 401 && req.method === "POST" && url.pathname === "/sign-in";
}

/** Throws `TesseraError` 429 where too many wrong tokens came from there. */
function countTry(limit: TryLimit, { info: { remoteAddr } }: Context<State>): void {
  const wait = limit.wrong("hostname" in remoteAddr ? remoteAddr.hostname : "");
  if (wait === 0) return;
  const text = `Cannot try another token now: there were too many wrong ones; wait ${wait} seconds`;
  throw new TesseraError("too-many-tries", text, 429, { retryAfter: wait });
}

/** The error to tell: with words where the framework has only a number, and 429 for one wrong token too many. */
function explain(error: unknown, ctx: Context<State>, limit: TryLimit): unknown {
  const { req: { method }, url: { pathname } } = ctx;
  if (error instanceof TesseraError && error.code === "wrong-token") {
    try {
      countTry(limit, ctx);
    } catch (tooMany) {
      return tooMany;
    }
  }
  if (error instanceof TesseraError && error.code === "broke-off" && ctx.state.services.stopping.aborted) {
    return new UnavailableError("The server stopped before the file had arrived; send it again in a few seconds");
  }
  if (!(error instanceof HttpError) || error.message !== "" || !isData(ctx.url)) return error;
  const place = `"${pathname.slice(0, 200)}"`;
  if (error.status === 404) {
    return new NotFoundError(`There is nothing at ${place}; GET /api/openapi.json lists what there is`);
  }
  if (error.status !== 405) return error;
  const text = `Cannot ${method} ${place}: the header Allow lists the methods that it takes`;
  return new TesseraError("method-not-allowed", text, 405);
}

async function answerError(ctx: Context<State>, error: unknown, requestId: string): Promise<Response> {
  const response = await toldError(ctx, error, requestId);
  const wait = error instanceof TesseraError ? error.extra.retryAfter : undefined;
  if (typeof wait === "number") response.headers.set("retry-after", String(wait));
  return response;
}

async function toldError(ctx: Context<State>, error: unknown, requestId: string): Promise<Response> {
  if (isData(ctx.url)) return problem(error, { requestId });
  const status = statusOf(error);
  const { pathname, search } = ctx.url;
  if (status === 401 && ctx.req.method === "GET") {
    return ctx.redirect(`/sign-in?${new URLSearchParams({ next: pathname + search })}`, 303);
  }
  const isOurs = error instanceof TesseraError && (status < 500 || isBeingFilled(error));
  try {
    // The policy of pages holds for error pages too.
    ctx.next = () => {
      const props = { status, message: isOurs ? error.message : undefined, requestId, here: pathname + search };
      return ctx.render(h(ErrorPage, props), { status });
    };
    return await pagePolicy(ctx);
  } catch {
    // Whatever broke the page may break its error page too; the first error is the one to tell.
    return problem(error instanceof HttpError ? error : new Error("Cannot render", { cause: error }), { requestId });
  }
}
