import { type BuildCache, EmptyBuildCache } from "./build_cache.ts";
import { DENO_DEPLOYMENT_ID } from "./build_id.ts";
import {
  applyCommands,
  type Command,
  CommandType,
  DEFAULT_NOT_ALLOWED_METHOD,
  DEFAULT_NOT_FOUND,
  mountCommand,
  newAppCmd,
  newErrorCmd,
  newHandlerCmd,
  newLayoutCmd,
  newMiddlewareCmd,
  newNotFoundCmd,
  newRouteCmd,
} from "./commands.ts";
import { assertBasePath, type FreshConfig, type ResolvedFreshConfig } from "./config.ts";
import { Context, finalize, type WebSocketHandlers } from "./context.ts";
import { HttpError } from "./error.ts";
import { createOnListen, listenOnFreePort, type ListenOptions } from "./listen.ts";
import type { MaybeLazyMiddleware, Middleware } from "./middlewares/mod.ts";
import { mergePath, type Method, UrlPatternRouter } from "./router.ts";
import type { RouteComponent } from "./segments.ts";
import { statusText } from "./status_text.ts";
import type { LayoutConfig, MaybeLazy, Route, RouteConfig } from "./types.ts";

export { createOnListen, type ListenOptions };

/** Answers requests, as `Deno.serve` calls it. */
export type ServeHandler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Stands for a connection where there is none, as in tests. */
export const DEFAULT_CONN_INFO: Deno.ServeHandlerInfo<Deno.NetAddr> = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/** The build that an app serves, if one was applied. */
export let getBuildCache: <State>(app: App<State>) => BuildCache<State> | null;
/** Have an app serve a build. */
export let setBuildCache: <State>(
  app: App<State>,
  cache: BuildCache<State>,
  mode: "development" | "production",
) => void;
/** Be told of every error that a request ran into. */
export let setErrorInterceptor: <State>(app: App<State>, fn: (error: unknown) => void) => void;

/**
 * Routes requests through middlewares to handlers and pages. What is added applies to what is added after it.
 *
 * @example
 * ```ts
 * import { App, staticFiles } from "fresh";
 *
 * export const app = new App().use(staticFiles()).fsRoutes();
 * ```
 */
export class App<State> {
  #getBuildCache: () => BuildCache<State> | null = () => null;
  #commands: Command<State>[] = [];
  #onError: (error: unknown) => void = () => {};

  static {
    getBuildCache = (app) => app.#getBuildCache();
    setBuildCache = (app, cache, mode) => {
      app.config.root = cache.root;
      app.config.mode = mode;
      app.#getBuildCache = () => cache;
    };
    setErrorInterceptor = (app, fn) => {
      app.#onError = fn;
    };
  }

  /** The configuration with its defaults. */
  config: ResolvedFreshConfig;

  constructor(config: FreshConfig = {}) {
    if (config.basePath !== undefined) assertBasePath(config.basePath);
    // The root is no path to put in front of others: it would double their slash.
    const basePath = config.basePath === "/" || config.basePath === "./" ? "" : config.basePath ?? "";
    this.config = { root: ".", basePath, mode: config.mode ?? "production" };
  }

  /** Add middlewares for everything that is added later. */
  use(...middleware: MaybeLazyMiddleware<State>[]): this;
  /** Add middlewares for a path and everything below it that is added later. */
  use(path: string, ...middleware: MaybeLazyMiddleware<State>[]): this;
  use(pathOrMiddleware: string | MaybeLazyMiddleware<State>, ...rest: MaybeLazyMiddleware<State>[]): this {
    const isPath = typeof pathOrMiddleware === "string";
    const fns = isPath ? rest : [pathOrMiddleware, ...rest];
    return this.#push(newMiddlewareCmd(isPath ? pathOrMiddleware : "*", fns, true));
  }

  /** Set what answers addresses that do not exist. */
  notFound(routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#push(newNotFoundCmd(routeOrMiddleware));
  }

  /** Set what answers errors at a path and below. */
  onError(path: string, routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#push(newErrorCmd(path, routeOrMiddleware, true));
  }

  /** Set the template around every page, usually the `<html>` element. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#push(newAppCmd(component));
  }

  /** Add a template around the pages at a path and below. */
  layout(path: string, component: RouteComponent<State>, config?: LayoutConfig): this {
    return this.#push(newLayoutCmd(path, component, config, true));
  }

  /** Add a handler together with its page. */
  route(path: string, route: MaybeLazy<Route<State>>, config?: RouteConfig): this {
    return this.#push(newRouteCmd(path, route, config, true));
  }

  /** Answer GET requests, and HEAD requests unless they have a handler of their own. */
  get(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("GET", path, middlewares, true));
  }

  /** Answer POST requests. */
  post(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("POST", path, middlewares, true));
  }

  /** Answer PATCH requests. */
  patch(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("PATCH", path, middlewares, true));
  }

  /** Answer PUT requests. */
  put(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("PUT", path, middlewares, true));
  }

  /** Answer DELETE requests. */
  delete(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("DELETE", path, middlewares, true));
  }

  /** Answer HEAD requests. */
  head(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("HEAD", path, middlewares, true));
  }

  /** Answer requests of every method. */
  all(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#push(newHandlerCmd("ALL", path, middlewares, true));
  }

  /** Answer WebSocket connections. */
  ws(path: string, handlers: WebSocketHandlers): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers));
  }

  /** Add the routes found in files here, below `pattern` if given. */
  fsRoutes(pattern = "*"): this {
    return this.#push({
      type: CommandType.FsRoute,
      pattern,
      getItems: () => this.#getBuildCache()?.getFsRoutes() ?? [],
      includeLastSegment: false,
    });
  }

  /** Add everything that another app has, below `path`. */
  mountApp(path: string, app: App<State>): this {
    const { basePath } = app.config;
    // An app that already lives at the path is not put below it twice.
    const inner = basePath !== "" && basePath !== path ? mergePath(path, basePath, true) : path;
    for (const command of app.#commands) this.#push(mountCommand(inner, command));
    app.#getBuildCache = () => this.#getBuildCache();
    return this;
  }

  #push(command: Command<State>): this {
    this.#commands.push(command);
    return this;
  }

  /** Make the function that answers requests. */
  handler(): ServeHandler {
    const buildCache = this.#getBuildCache() ?? this.#withoutBuild();
    const router = new UrlPatternRouter<Middleware<State>>();
    const { rootHandler } = applyCommands(
      router,
      this.#commands,
      this.config.basePath,
      (error) => this.#onError(error),
    );

    return async (req, info = DEFAULT_CONN_INFO) => {
      const url = new URL(req.url);
      // A path with two slashes at its beginning would be read as a host where it is repeated.
      url.pathname = url.pathname.replaceAll(/\/+/g, "/");

      const method = req.method.toUpperCase() as Method;
      const { params, pattern, item, methodMatch } = router.match(method, url);
      const next = pattern === null || methodMatch
        ? DEFAULT_NOT_FOUND
        : method === "OPTIONS"
        ? () => Promise.resolve(allowedMethods(router.getAllowedMethods(pattern)))
        : DEFAULT_NOT_ALLOWED_METHOD;
      const ctx = new Context<State>(req, url, info, pattern, params, this.config, next, buildCache);

      const response = finalize(ctx, await answer(ctx, item ?? rootHandler));
      return method === "HEAD" && response.body !== null ? withoutBody(response) : response;
    };
  }

  #withoutBuild(): BuildCache<State> {
    if (this.config.mode === "production" && DENO_DEPLOYMENT_ID !== undefined) {
      throw new Error(
        `Cannot serve without a build: run "deno task build" and start "_fresh/server.js" instead of the app's own module`,
      );
    }
    return new EmptyBuildCache(this.config.mode);
  }

  /** Start a server. Without a port, the first free one from 8000 on is taken. */
  async listen(options: ListenOptions = {}): Promise<void> {
    const withNotice = { ...options, onListen: options.onListen ?? createOnListen(this.config.basePath, options) };
    const handler = this.handler();
    if (options.port !== undefined) {
      await Deno.serve(withNotice, handler);
    } else {
      await listenOnFreePort(withNotice, handler);
    }
  }
}

async function answer<State>(ctx: Context<State>, handler: Middleware<State>): Promise<Response> {
  try {
    const result: unknown = await handler(ctx);
    if (result instanceof Response) return result;
    throw new Error(`Expected a "Response" instance to be returned, but got: ${result}`);
  } catch (error) {
    ctx.error = error;
    return errorResponse(error);
  }
}

/** What is thrown on purpose is told; anything else is logged and not told to the outside. */
function errorResponse(error: unknown): Response {
  if (error instanceof HttpError) {
    if (error.status >= 500) console.error(error);
    return new Response(error.message || statusText(error.status), { status: error.status });
  }
  console.error(error);
  return new Response("Internal server error", { status: 500 });
}

function allowedMethods(methods: string[]): Response {
  return new Response(null, { status: 204, headers: { Allow: methods.join(", ") } });
}

function withoutBody(response: Response): Response {
  // Left unread, a file's stream would keep the file open.
  response.body?.cancel().catch((error) => console.error("Cannot close the body of an answer to HEAD:", error));
  return new Response(null, response);
}
