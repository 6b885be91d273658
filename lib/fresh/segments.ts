import type { AnyComponent } from "preact";
import type { MaybeLazyMiddleware, Middleware } from "./middlewares/mod.ts";
import { type Context, getInternals } from "./context.ts";
import { HttpError } from "./error.ts";
import { isHandlerByMethod } from "./handlers.ts";
import { type AsyncAnyComponent, type PageProps, renderRouteComponent } from "./render.ts";
import { type Method, patternToSegments } from "./router.ts";
import type { LayoutConfig, Route } from "./types.ts";

/** A component of a route, layout, app wrapper or error page. */
export type RouteComponent<State> =
  | AsyncAnyComponent<PageProps<unknown, State>>
  | AnyComponent<PageProps<unknown, State>>;

/** One level of the path: what it holds applies to everything registered below it afterwards. */
export interface Segment<State> {
  pattern: string;
  parent: Segment<State> | null;
  children: Map<string, Segment<State>>;
  middlewares: MaybeLazyMiddleware<State>[];
  layout: { component: RouteComponent<State>; config: LayoutConfig | null } | null;
  errorRoute: Route<State> | null;
  notFound: Middleware<State> | null;
  app: RouteComponent<State> | null;
}

/** Make an empty segment. */
export function newSegment<State>(pattern: string, parent: Segment<State> | null): Segment<State> {
  return {
    pattern,
    parent,
    children: new Map(),
    middlewares: [],
    layout: null,
    errorRoute: null,
    notFound: null,
    app: null,
  };
}

/** Find the segment of a path below `root`, making those that are missing. */
export function getOrCreateSegment<State>(root: Segment<State>, path: string, includeLast: boolean): Segment<State> {
  let current = root;
  for (const pattern of patternToSegments(path, root.pattern, includeLast).slice(1)) {
    const child = current.children.get(pattern) ?? newSegment(pattern, current);
    current.children.set(pattern, child);
    current = child;
  }
  return current;
}

/** The middlewares of a segment and of all above it, outermost first, as they are now. */
export function segmentToMiddlewares<State>(segment: Segment<State>): MaybeLazyMiddleware<State>[] {
  const chain: Segment<State>[] = [];
  for (let current: Segment<State> | null = segment; current !== null; current = current.parent) chain.unshift(current);
  const root = chain[0]!;
  return chain.flatMap((item) => [segmentMiddleware(root, item), ...item.middlewares]);
}

/** Adds the segment's templates on the way in and turns errors into its error page on the way out. */
function segmentMiddleware<State>(root: Segment<State>, segment: Segment<State>): Middleware<State> {
  const { layout, app, errorRoute } = segment;
  return async (ctx) => {
    const internals = getInternals(ctx);
    if (app !== null) internals.app = app;
    if (layout !== null) {
      if (layout.config?.skipAppWrapper) internals.app = null;
      const inherited = layout.config?.skipInheritedLayouts ? [] : internals.layouts;
      internals.layouts = [...inherited, { props: null, component: layout.component }];
    }
    const { app: pageApp, layouts } = internals;

    try {
      return await ctx.next();
    } catch (error) {
      // The route may have switched templates off; its error page has them.
      internals.app = pageApp;
      internals.layouts = layouts;
      const status = error instanceof HttpError ? error.status : 500;
      if (status === 404 && root.notFound !== null) return await root.notFound(ctx);
      if (errorRoute !== null) return await renderRoute(ctx, errorRoute, status);
      throw error;
    }
  };
}

/** Call the route's handler and render its component, unless the handler answered itself. */
export async function renderRoute<State>(ctx: Context<State>, route: Route<State>, status = 200): Promise<Response> {
  const internals = getInternals(ctx);
  if (route.config?.skipAppWrapper) internals.app = null;
  if (route.config?.skipInheritedLayouts) internals.layouts = [];

  const { handler } = route;
  if (handler === undefined) throw new Error("Cannot answer a route that has neither a handler nor a component");

  const method = ctx.req.method.toUpperCase() as Method;
  const fn = isHandlerByMethod(handler) ? handler[method] ?? (method === "HEAD" ? handler.GET : undefined) : handler;
  const result = fn === undefined ? await ctx.next() : await fn(ctx);
  if (result instanceof Response) return result;
  // What is no page response is reported by the app, with the value that came.
  if (typeof result !== "object" || result === null) return result;

  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
  new Headers(result.headers).forEach((value, name) => headers.append(name, value));
  headers.set("Content-Type", "text/html; charset=utf-8");

  let vnode = null;
  if (route.component !== undefined) {
    const props = result.data as PageProps<unknown, State>;
    const rendered = await renderRouteComponent(ctx, { component: route.component, props }, () => null);
    if (rendered instanceof Response) return rendered;
    vnode = rendered;
  }
  return ctx.render(vnode, { headers, status: result.status ?? status });
}
