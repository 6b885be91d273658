import type { RouteHandler } from "./handlers.ts";
import type { Method } from "./router.ts";
import type { RouteComponent } from "./segments.ts";

/** What a layout or a call of `ctx.render()` can switch off. */
export interface LayoutConfig {
  /** Leave out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leave out the `_app` template. */
  skipAppWrapper?: boolean;
}

/** What a route file may export as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** URLPattern pathname that replaces the one made of the file's path. */
  routeOverride?: string;
  /** Methods under which a lazy route is registered. */
  methods?: "ALL" | Method[];
}

/** A handler, a component, or both. */
export interface Route<State> {
  /** Page component. */
  component?: RouteComponent<State>;
  /** Pattern and layout settings. */
  config?: RouteConfig;
  /** Answers the request, or hands data to the component. */
  handler?: RouteHandler<unknown, State>;
}

/** A value that is made on first use. */
export type Lazy<T> = () => Promise<T>;

/** A value, or a function that loads it on first use. */
export type MaybeLazy<T> = T | Lazy<T>;
