import type { Context } from "./context.ts";
import type { Method } from "./router.ts";

/** What a handler returns to have the route's component rendered. */
export interface PageResponse<T> {
  /** Given to the component as `props.data`. */
  data: T;
  /** Headers of the answer. */
  headers?: HeadersInit;
  /** Status of the answer, 200 if left out. */
  status?: number;
}

/** Have the route's component rendered with `data`. */
export function page<T>(data: T, options?: { headers?: HeadersInit; status?: number }): PageResponse<T>;
/** Have the route's component rendered without data. */
export function page(): PageResponse<undefined>;
export function page<T>(data?: T, options?: { headers?: HeadersInit; status?: number }): PageResponse<T> {
  return { data: data ?? undefined as T, headers: options?.headers, status: options?.status };
}

/** Answers a request, or returns data for the route's component. */
export interface HandlerFn<Data, State> {
  (ctx: Context<State>): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** One handler per HTTP method; the other methods are answered with 405, HEAD falls back to GET. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** A handler for all methods or one per method. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** The data that a handler gives to its page. */
export type RouteData<Handler extends RouteHandler<unknown, unknown>> = Handler extends
  (RouteHandler<infer Data, unknown>) ? Data : never;

/** Whether the handler is an object with one function per method. */
export function isHandlerByMethod<D, S>(
  handler: RouteHandler<D, S> | RouteHandler<D, S>[] | null | undefined,
): handler is HandlerByMethod<D, S> {
  return handler !== null && typeof handler === "object" && !Array.isArray(handler);
}
