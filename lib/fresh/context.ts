import type { AnyComponent, ComponentType, FunctionComponent, VNode } from "preact";
import { isValidElement } from "preact";
import type { BuildCache } from "./build_cache.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import { PARTIAL_SEARCH_PARAM } from "./constants.ts";
import {
  isWebSocketHandlers,
  upgradeRequest,
  type WebSocketHandlers,
  type WebSocketUpgradeOptions,
} from "./upgrade.ts";
import { NONCE_SYMBOL } from "./middlewares/response.ts";
import { safeLocation } from "./redirect.ts";
import type { AsyncAnyComponent, ComponentDef, PageProps } from "./render.ts";
import { composePage, renderPage } from "./runtime/server/render_page.ts";
import type { LayoutConfig } from "./types.ts";

export type { WebSocketHandlers, WebSocketUpgradeOptions };

/** A component that is made interactive in the browser. */
export interface Island {
  /** Address of its script. */
  file: string;
  /** Name that is unique among all islands. */
  name: string;
  exportName: string;
  fn: ComponentType;
  css: string[];
}

/** All islands by their component. */
export type ServerIslandRegistry = Map<ComponentType, Island>;

/** The templates that a page is put in. */
export interface UiTree<Data, State> {
  app: AnyComponent<PageProps<Data, State>> | AsyncAnyComponent<PageProps<Data, State>> | null;
  layouts: ComponentDef<Data, State>[];
}

/** Changes every answer to a request, also an error page made outside of the middleware that asked for it. */
export type ResponseFinalizer = (response: Response) => Response;

/** @deprecated Use {@linkcode Context}. */
export type FreshContext<State = unknown> = Context<State>;

/** The build that a context's app serves. */
export let getBuildCache: <T>(ctx: Context<T>) => BuildCache<T>;
/** The templates around a context's page. */
export let getInternals: <T>(ctx: Context<T>) => UiTree<unknown, T>;
/** Have the final answer to a request changed, whichever it is. */
export let addFinalizer: <T>(ctx: Context<T>, finalizer: ResponseFinalizer) => void;
/** The nonce of the page that was rendered last for this request. */
export let getRenderedNonce: <T>(ctx: Context<T>) => string | undefined;
/** Change the final answer as the middlewares asked for. */
export let finalize: <T>(ctx: Context<T>, response: Response) => Response;

/** Everything about one request; middlewares, handlers and components are given it. */
export class Context<State> {
  /** The configuration of the app. */
  readonly config: ResolvedFreshConfig;
  /** The address of the request. */
  readonly url: URL;
  /** The request itself. */
  req: Request;
  /** The pattern that matched. */
  readonly route: string | null;
  /** What the pattern's parameters matched. */
  readonly params: Record<string, string>;
  /** Shared by all middlewares and components of this request. */
  readonly state: State = {} as State;
  /** What the handler gave to the page. */
  data: unknown = undefined;
  /** What was thrown, once something was. */
  error: unknown | null = null;
  /** The connection. */
  readonly info: Deno.ServeHandlerInfo;
  /** Whether only parts of the page are asked for. */
  readonly isPartial: boolean;
  /** Let the next middleware answer. */
  next: () => Promise<Response>;
  /** In layouts and the app wrapper: what they are put around. */
  Component!: FunctionComponent;

  #tree: UiTree<unknown, State> = { app: null, layouts: [] };
  #finalizers: ResponseFinalizer[] = [];
  #nonce: string | undefined;
  #buildCache: BuildCache<State>;

  static {
    getInternals = (ctx) => ctx.#tree;
    getBuildCache = (ctx) => ctx.#buildCache;
    getRenderedNonce = (ctx) => ctx.#nonce;
    addFinalizer = (ctx, finalizer) => void ctx.#finalizers.push(finalizer);
    // Later ones were added by inner middlewares, which come first on the way out.
    finalize = (ctx, response) => ctx.#finalizers.reduceRight((result, finalizer) => finalizer(result), response);
  }

  constructor(
    req: Request,
    url: URL,
    info: Deno.ServeHandlerInfo,
    route: string | null,
    params: Record<string, string>,
    config: ResolvedFreshConfig,
    next: () => Promise<Response>,
    buildCache: BuildCache<State>,
  ) {
    this.req = req;
    this.url = url;
    this.info = info;
    this.route = route;
    this.params = params;
    this.config = config;
    this.next = next;
    this.isPartial = url.searchParams.has(PARTIAL_SEARCH_PARAM);
    this.#buildCache = buildCache;
  }

  /** Send the browser elsewhere. A path never leaves the site: `//evil.com` becomes `/evil.com`. */
  redirect(pathOrUrl: string, status = 302): Response {
    const location = safeLocation(pathOrUrl, this.isPartial);
    return new Response(null, { status, headers: { location } });
  }

  /** Render an element inside of its layouts and the app wrapper. */
  async render(
    // deno-lint-ignore no-explicit-any -- an element of any component can be rendered
    vnode: VNode<any> | null,
    init: ResponseInit | undefined = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    if (arguments.length === 0) throw new Error(`No arguments passed to: ctx.render()`);
    if (vnode !== null && !isValidElement(vnode)) throw new Error(`Non-JSX element passed to: ctx.render()`);

    const page = await composePage(this, this.#tree, vnode, config);
    if (page instanceof Response) return page;

    const { html, nonce, link } = renderPage(this, this.#buildCache, page);
    this.#nonce = nonce;
    const headers = htmlHeaders(init);
    if (link !== "") headers.append("Link", link);
    const response = new Response(html, { status: init.status ?? 200, statusText: init.statusText, headers });
    return Object.assign(response, { [NONCE_SYMBOL]: nonce });
  }

  /** Answer with plain text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Answer with HTML. */
  html(content: string, init?: ResponseInit): Response {
    return new Response(content, { ...init, headers: htmlHeaders(init) });
  }

  /** Answer with JSON. */
  // deno-lint-ignore no-explicit-any -- the same as `Response.json()`
  json(content: any, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** Answer with what an iterable, or a generator function, yields; text is encoded. */
  stream<U extends string | Uint8Array>(
    stream: Iterable<U> | AsyncIterable<U> | (() => Iterable<U> | AsyncIterable<U>),
    init?: ResponseInit,
  ): Response {
    const encoder = new TextEncoder();
    const chunks = ReadableStream.from<U>(typeof stream === "function" ? stream() : stream);
    const body = chunks.pipeThrough(
      new TransformStream<U, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          controller.enqueue(
            typeof chunk === "string" ? encoder.encode(chunk) : chunk as unknown as Uint8Array<ArrayBuffer>,
          );
        },
      }),
    );
    return new Response(body, init);
  }

  /** Make a WebSocket connection of the request; the caller listens to the socket. */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  /** Make a WebSocket connection of the request; the handlers are called. */
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    handlersOrOptions?: WebSocketHandlers | WebSocketUpgradeOptions,
    maybeOptions?: WebSocketUpgradeOptions,
  ): { socket: WebSocket; response: Response } | Response {
    if (isWebSocketHandlers(handlersOrOptions)) {
      return upgradeRequest(this.req, handlersOrOptions, maybeOptions).response;
    }
    return upgradeRequest(this.req, undefined, handlersOrOptions);
  }
}

function htmlHeaders(init: ResponseInit | undefined): Headers {
  const headers = new Headers(init?.headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return headers;
}
