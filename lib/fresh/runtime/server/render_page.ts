import { Fragment, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import type { BuildCache } from "../../build_cache.ts";
import type { Context, UiTree } from "../../context.ts";
import { renderRouteComponent } from "../../render.ts";
import type { LayoutConfig } from "../../types.ts";
import { setRenderState } from "./preact_hooks.ts";
import { RenderState } from "./render_state.ts";

/** A page in its layouts, and the app wrapper, which renders whatever `content` is. */
export interface ComposedPage {
  content: VNode | null;
  app: VNode | null;
}

/** Put a page into its layouts and the app wrapper; async ones are awaited and may answer themselves. */
export async function composePage<State>(
  ctx: Context<State>,
  tree: UiTree<unknown, State>,
  vnode: VNode | null,
  config: LayoutConfig,
): Promise<ComposedPage | Response> {
  let content = vnode;
  for (const layout of config.skipInheritedLayouts ? [] : tree.layouts.toReversed()) {
    const child = content;
    ctx.Component = () => child;
    const result = await renderRouteComponent(ctx, layout, ctx.Component);
    if (result instanceof Response) return result;
    content = result;
  }

  const page: ComposedPage = { content, app: null };
  if (tree.app === null || config.skipAppWrapper) return page;
  ctx.Component = () => page.content;
  const app = await renderRouteComponent(ctx, { component: tree.app, props: null }, ctx.Component);
  if (app instanceof Response) return app;
  page.app = app;
  return page;
}

/** Render a composed page to a whole document. */
export function renderPage<State>(
  ctx: Context<State>,
  buildCache: BuildCache<State>,
  page: ComposedPage,
): { html: string; nonce: string; link: string } {
  const state = new RenderState(ctx as Context<unknown>, buildCache as BuildCache);
  setRenderState(state);
  try {
    // The page comes first, so that what its <Head> holds is known when the app wrapper's head is rendered.
    let html = renderToString(page.content ?? h(Fragment, null));
    if (page.app !== null) {
      page.content = raw(html);
      html = renderToString(page.app);
    }
    return { html: `<!DOCTYPE html>${completeDocument(state, html)}`, nonce: state.nonce, link: preloadLinks(state) };
  } finally {
    setRenderState(null);
  }
}

function raw(html: string): VNode {
  return jsxTemplate([html]);
}

/** Browsers would add what is missing themselves, but could move the islands' markers when they do. */
function completeDocument(state: RenderState, html: string): string {
  if (state.renderedHtml && state.renderedHead && state.renderedBody) return html;
  let document = raw(html);
  if (!state.renderedBody) document = h("body", null, document) as VNode;
  if (!state.renderedHead) {
    document = h(Fragment, null, h("head", null, h("meta", { charset: "utf-8" })), document) as VNode;
  }
  if (!state.renderedHtml) document = h("html", null, document) as VNode;
  return renderToString(document);
}

/** Let the browser fetch the scripts while it is still reading the page. */
function preloadLinks(state: RenderState): string {
  if (state.islands.size === 0) return "";
  const files = [state.buildCache.clientEntry, ...Array.from(state.islands, (island) => island.file)];
  const { basePath } = state.ctx.config;
  return [...new Set(files)]
    .map((file) => `<${encodeURI(basePath + file)}>; rel="modulepreload"; as="script"`)
    .join(", ");
}
