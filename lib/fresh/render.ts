import { type AnyComponent, type FunctionComponent, h, type RenderableProps, type VNode } from "preact";
import type { Context } from "./context.ts";

/** A component that is awaited on the server; it may answer the request itself. */
export type AsyncAnyComponent<P> = {
  // deno-lint-ignore no-explicit-any -- the parameters must be those of preact's own components for inference to work
  (props: RenderableProps<P>, context?: any): Promise<VNode<any> | Response | null>;
  displayName?: string;
  defaultProps?: Partial<P> | undefined;
};

/** What pages, layouts, the app wrapper and error pages are given. */
export type PageProps<Data = unknown, T = unknown> =
  & Pick<
    Context<T>,
    "config" | "url" | "req" | "params" | "info" | "state" | "isPartial" | "Component" | "error" | "route"
  >
  & { data: Data };

/** A component and the data it is given. */
export interface ComponentDef<Data, State> {
  props: PageProps<Data, State> | null;
  component: AnyComponent<PageProps<Data, State>> | AsyncAnyComponent<PageProps<Data, State>>;
}

/** Whether the component was written as an async function. */
export function isAsyncAnyComponent(fn: unknown): fn is AsyncAnyComponent<unknown> {
  return typeof fn === "function" && fn.constructor.name === "AsyncFunction";
}

/** Make the element of a page or layout; an async one is awaited here, and may answer with a Response. */
export async function renderRouteComponent<State>(
  ctx: Context<State>,
  def: ComponentDef<unknown, State>,
  child: FunctionComponent,
): Promise<VNode | Response | null> {
  const props: PageProps<unknown, State> = {
    Component: child,
    config: ctx.config,
    data: def.props,
    error: ctx.error,
    info: ctx.info,
    isPartial: ctx.isPartial,
    params: ctx.params,
    req: ctx.req,
    state: ctx.state,
    url: ctx.url,
    route: ctx.route,
  };
  if (isAsyncAnyComponent(def.component)) {
    return await def.component(props as RenderableProps<unknown>) as VNode | Response;
  }
  return h(def.component as AnyComponent<PageProps<unknown, State>>, props) as VNode;
}
