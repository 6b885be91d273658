import { HttpError } from "./error.ts";
import { isHandlerByMethod, type PageResponse } from "./handlers.ts";
import { compileMiddlewares, type MaybeLazyMiddleware, type Middleware } from "./middlewares/mod.ts";
import { mergePath, type Method, METHODS, type Router, toRoutePath } from "./router.ts";
import {
  getOrCreateSegment,
  newSegment,
  renderRoute,
  type RouteComponent,
  type Segment,
  segmentToMiddlewares,
} from "./segments.ts";
import type { LayoutConfig, MaybeLazy, Route, RouteConfig } from "./types.ts";
import { isLazy } from "./utils.ts";

/** Ends the chain when nothing matched the address. */
export const DEFAULT_NOT_FOUND = (): Promise<Response> => Promise.reject(new HttpError(404));
/** Ends the chain when the address exists, but not for this method. */
export const DEFAULT_NOT_ALLOWED_METHOD = (): Promise<Response> => Promise.reject(new HttpError(405));

/** What a line of an app's definition does. */
export enum CommandType {
  Middleware = "middleware",
  Layout = "layout",
  App = "app",
  Route = "route",
  Error = "error",
  NotFound = "notFound",
  Handler = "handler",
  FsRoute = "fsRoute",
}

interface Placed {
  pattern: string;
  /** Whether the pattern's last part is a level of its own, or just the name of a route. */
  includeLastSegment: boolean;
}
/** Error page for a path and everything below. */
export interface ErrorCmd<State> extends Placed {
  type: CommandType.Error;
  item: Route<State>;
}
/** The outermost template. */
export interface AppCommand<State> {
  type: CommandType.App;
  component: RouteComponent<State>;
}
/** Template for a path and everything below. */
export interface LayoutCommand<State> extends Placed {
  type: CommandType.Layout;
  component: RouteComponent<State>;
  config?: LayoutConfig;
}
/** Middlewares for a path and everything below. */
export interface MiddlewareCmd<State> extends Placed {
  type: CommandType.Middleware;
  fns: MaybeLazyMiddleware<State>[];
}
/** Answers addresses that do not exist. */
export interface NotFoundCmd<State> {
  type: CommandType.NotFound;
  fn: Middleware<State>;
}
/** A handler with a component. */
export interface RouteCommand<State> extends Placed {
  type: CommandType.Route;
  route: MaybeLazy<Route<State>>;
  config: RouteConfig | undefined;
}
/** Middlewares for one path and method. */
export interface HandlerCommand<State> extends Placed {
  type: CommandType.Handler;
  method: Method | "ALL";
  fns: MaybeLazy<Middleware<State>>[];
}
/** The place where the routes found in files go. */
export interface FsRouteCommand<State> extends Placed {
  type: CommandType.FsRoute;
  getItems: () => Command<State>[];
}
/** One line of an app's definition. */
export type Command<State> =
  | ErrorCmd<State>
  | AppCommand<State>
  | LayoutCommand<State>
  | NotFoundCmd<State>
  | MiddlewareCmd<State>
  | RouteCommand<State>
  | HandlerCommand<State>
  | FsRouteCommand<State>;

function withoutData<State>(): PageResponse<State> {
  return { data: {} as State };
}

/** A route always has a handler: what it lacks renders the component, or is not found. */
function ensureHandler<State>(route: Route<State>): Route<State> {
  if (route.handler === undefined) {
    return { ...route, handler: route.component === undefined ? DEFAULT_NOT_FOUND : withoutData };
  }
  if (isHandlerByMethod(route.handler) && route.component !== undefined && !route.handler.GET) {
    return { ...route, handler: { ...route.handler, GET: withoutData } };
  }
  return route;
}

function toRoute<State>(routeOrMiddleware: Route<State> | Middleware<State>): Route<State> {
  return ensureHandler(typeof routeOrMiddleware === "function" ? { handler: routeOrMiddleware } : routeOrMiddleware);
}

/** Make the command for an error page. */
export function newErrorCmd<State>(
  pattern: string,
  routeOrMiddleware: Route<State> | Middleware<State>,
  includeLastSegment: boolean,
): ErrorCmd<State> {
  return { type: CommandType.Error, pattern, item: toRoute(routeOrMiddleware), includeLastSegment };
}

/** Make the command for the app wrapper. */
export function newAppCmd<State>(component: RouteComponent<State>): AppCommand<State> {
  return { type: CommandType.App, component };
}

/** Make the command for a layout. */
export function newLayoutCmd<State>(
  pattern: string,
  component: RouteComponent<State>,
  config: LayoutConfig | undefined,
  includeLastSegment: boolean,
): LayoutCommand<State> {
  return { type: CommandType.Layout, pattern, component, config, includeLastSegment };
}

/** Make the command for middlewares. */
export function newMiddlewareCmd<State>(
  pattern: string,
  fns: MaybeLazyMiddleware<State>[],
  includeLastSegment: boolean,
): MiddlewareCmd<State> {
  return { type: CommandType.Middleware, pattern, fns, includeLastSegment };
}

/** Make the command for the page of addresses that do not exist. */
export function newNotFoundCmd<State>(routeOrMiddleware: Route<State> | Middleware<State>): NotFoundCmd<State> {
  const route = toRoute(routeOrMiddleware);
  return { type: CommandType.NotFound, fn: (ctx) => renderRoute(ctx, route, 404) };
}

/** Make the command for a route. */
export function newRouteCmd<State>(
  pattern: string,
  route: MaybeLazy<Route<State>>,
  config: RouteConfig | undefined,
  includeLastSegment: boolean,
): RouteCommand<State> {
  const ensured = isLazy(route) ? async () => ensureHandler(await route()) : ensureHandler(route);
  return { type: CommandType.Route, pattern, route: ensured, config, includeLastSegment };
}

/** Make the command for a handler. */
export function newHandlerCmd<State>(
  method: Method | "ALL",
  pattern: string,
  fns: MaybeLazy<Middleware<State>>[],
  includeLastSegment: boolean,
): HandlerCommand<State> {
  return { type: CommandType.Handler, pattern, method, fns, includeLastSegment };
}

/** The same command below `path`, as mounting places it. */
export function mountCommand<State>(path: string, command: Command<State>): Command<State> {
  if (command.type === CommandType.App || command.type === CommandType.NotFound) return command;
  return {
    ...command,
    pattern: mergePath(path, command.pattern, true),
    includeLastSegment: command.pattern === "/" || command.includeLastSegment,
  };
}

/** Fill the router; what answers addresses that match nothing is returned. */
export function applyCommands<State>(
  router: Router<Middleware<State>>,
  commands: Command<State>[],
  basePath: string,
  onError?: (error: unknown) => void,
): { rootHandler: Middleware<State> } {
  const root = newSegment<State>("", null);
  new CommandApplier(root, router, basePath, onError).apply(commands, "");
  return { rootHandler: compileMiddlewares(segmentToMiddlewares(root), onError) };
}

class CommandApplier<State> {
  constructor(
    readonly root: Segment<State>,
    readonly router: Router<Middleware<State>>,
    readonly basePath: string,
    readonly onError?: (error: unknown) => void,
  ) {}

  /** Apply the commands in their order, below `mountPath`. */
  apply(commands: Command<State>[], mountPath: string): void {
    for (const command of commands) this.#applyOne(command, mountPath);
  }

  #applyOne(command: Command<State>, mountPath: string): void {
    switch (command.type) {
      case CommandType.App:
        this.root.app = command.component;
        return;
      case CommandType.NotFound:
        this.root.notFound = command.fn;
        return;
      case CommandType.FsRoute:
        return this.apply(command.getItems(), mergePath(mountPath, command.pattern, true));
    }

    const isIndex = command.pattern === "/";
    const segment = getOrCreateSegment(
      this.root,
      mergePath(mountPath, command.pattern, true),
      command.includeLastSegment || (isIndex && mountPath !== ""),
    );
    switch (command.type) {
      case CommandType.Middleware:
        segment.middlewares.push(...command.fns);
        return;
      case CommandType.Error:
        segment.errorRoute = command.item;
        return;
      case CommandType.Layout:
        segment.layout = { component: command.component, config: command.config ?? null };
        return;
      case CommandType.Route:
        return this.#addRoute(segment, command, mountPath);
      case CommandType.Handler:
        return this.#add(segment, command.fns, mountPath, command.pattern, command.method);
    }
  }

  #addRoute(segment: Segment<State>, command: RouteCommand<State>, mountPath: string): void {
    const { route, config, pattern } = command;
    if (isLazy(route)) {
      let loaded: Promise<Route<State>> | undefined;
      const render: Middleware<State> = async (ctx) => {
        loaded ??= route().catch((error) => {
          // A failed import may work next time.
          loaded = undefined;
          throw error;
        });
        return renderRoute(ctx, await loaded);
      };
      return this.#add(segment, [render], mountPath, config?.routeOverride ?? pattern, config?.methods ?? "ALL");
    }

    const { handler } = route;
    const methods = isHandlerByMethod(handler) ? Object.keys(handler) as Method[] : "ALL";
    const render: Middleware<State> = (ctx) => renderRoute(ctx, route);
    this.#add(segment, [render], mountPath, route.config?.routeOverride ?? pattern, methods);
  }

  #add(
    segment: Segment<State>,
    fns: MaybeLazyMiddleware<State>[],
    mountPath: string,
    pattern: string,
    methods: Method | Method[] | "ALL",
  ): void {
    const base = mergePath(this.basePath, mountPath, true);
    const path = toRoutePath(mergePath(base, pattern, false));
    const item = compileMiddlewares([...segmentToMiddlewares(segment), ...fns], this.onError);
    for (const method of methods === "ALL" ? METHODS : [methods].flat()) this.router.add(method, path, item);
  }
}
