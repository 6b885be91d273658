import type { AnyComponent } from "preact";
import {
  type Command,
  CommandType,
  newAppCmd,
  newErrorCmd,
  newLayoutCmd,
  newMiddlewareCmd,
  newNotFoundCmd,
  newRouteCmd,
} from "./commands.ts";
import { type HandlerFn, isHandlerByMethod, type RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middlewares/mod.ts";
import type { AsyncAnyComponent, PageProps } from "./render.ts";
import type { MaybeLazy, Route, RouteConfig } from "./types.ts";
import { isLazy } from "./utils.ts";

/** What a file in `routes/` may export. */
export interface FreshFsMod<State> {
  config?: RouteConfig;
  handler?: RouteHandler<unknown, State> | HandlerFn<unknown, State>[];
  handlers?: RouteHandler<unknown, State>;
  default?: AnyComponent<PageProps<unknown, State>> | AsyncAnyComponent<PageProps<unknown, State>>;
}

/** One file in `routes/` and what it is for. */
export interface FsRouteFile<State> {
  /** Path below `routes/` without ending. */
  id: string;
  filePath: string;
  mod: MaybeLazy<FreshFsMod<State>>;
  /** Where it lies, with groups. */
  pattern: string;
  /** What it answers, without groups. */
  routePattern: string;
  type: CommandType;
  overrideConfig: RouteConfig | undefined;
}

/** Turn files into the lines of an app's definition. */
export function fsItemsToCommands<State>(items: FsRouteFile<State>[]): Command<State>[] {
  return items.map(toCommand).filter((command) => command !== null);
}

function toCommand<State>(item: FsRouteFile<State>): Command<State> | null {
  const { filePath, type, mod, pattern, routePattern } = item;
  if (type === CommandType.Route) return toRouteCommand(item);
  if (isLazy(mod)) throw new Error(`Cannot load "${filePath}" lazily: only routes can be`);

  const exports = validateFsMod<State>(filePath, mod);
  const handler = exports.handlers as RouteHandler<unknown, State> | null ?? undefined;
  const { default: component, config } = exports.mod;
  switch (type) {
    case CommandType.Middleware: {
      const fns = (exports.handlers ?? component) as Middleware<State> | Middleware<State>[] | undefined;
      if (fns === undefined) return null;
      if (isHandlerByMethod(exports.handlers as RouteHandler<unknown, State> | null)) {
        warn(`Middleware does not support object handlers with GET, POST, etc. in ${filePath}`);
        return null;
      }
      return newMiddlewareCmd(pattern, [fns].flat(), true);
    }
    case CommandType.Layout:
      if (handler !== undefined) warn("Layout does not support handlers");
      return component === undefined ? null : newLayoutCmd(pattern, component, config, true);
    case CommandType.Error:
      return newErrorCmd(pattern, { component, config, handler }, true);
    case CommandType.NotFound:
      return newNotFoundCmd({ component, config, handler });
    case CommandType.App:
      return component === undefined ? null : newAppCmd(component);
    default:
      throw new Error(
        `Cannot make a route of "${filePath}": type "${type}" does not come from a file (${routePattern})`,
      );
  }
}

function toRouteCommand<State>({ filePath, mod, pattern, routePattern, overrideConfig }: FsRouteFile<State>) {
  const toRoute = (raw: FreshFsMod<State>): Route<State> => {
    const { handlers, mod: { default: component, config } } = validateFsMod<State>(filePath, raw);
    return {
      component,
      handler: handlers as RouteHandler<unknown, State> | null ?? undefined,
      config: { ...config, routeOverride: config?.routeOverride ?? routePattern },
    };
  };
  if (!isLazy(mod)) return newRouteCmd(pattern, toRoute(mod), mod.config, false);
  const config: RouteConfig = {
    methods: overrideConfig?.methods ?? "ALL",
    routeOverride: overrideConfig?.routeOverride ?? routePattern,
  };
  return newRouteCmd(pattern, async () => toRoute(await mod()), config, false);
}

function warn(message: string): void {
  console.warn(`🍋 %c[WARNING] Unsupported route config: ${message}`, "color:rgb(251, 184, 0)");
}

/** Check that a file exports something that a route file can. */
export function validateFsMod<State>(filePath: string, mod: unknown): {
  handlers: RouteHandler<unknown, State> | HandlerFn<unknown, State>[] | null;
  mod: FreshFsMod<State>;
} {
  if (!isFreshFile<State>(mod)) {
    throw new Error(
      `Expected a route, middleware, layout or error template, but couldn't find relevant exports in: ${filePath}`,
    );
  }
  const handlers = mod.handlers ?? mod.handler ?? null;
  if (typeof handlers === "function" && handlers.length > 1) {
    throw new Error(
      `Handlers must only have one argument but found more than one. Check the function signature in: ${filePath}`,
    );
  }
  return { handlers, mod };
}

function isFreshFile<State>(mod: unknown): mod is FreshFsMod<State> {
  if (typeof mod !== "object" || mod === null) return false;
  const { default: component, config, handler, handlers } = mod as Record<string, unknown>;
  return typeof component === "function" || Array.isArray(component) || typeof config === "object" ||
    [handler, handlers].some((value) => typeof value === "function" || (typeof value === "object" && value !== null));
}

export { sortRoutePaths } from "./sort_routes.ts";
