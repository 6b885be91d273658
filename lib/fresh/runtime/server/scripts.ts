import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { DEV_ERROR_OVERLAY_URL } from "../../constants.ts";
import { HttpError } from "../../error.ts";
import { escapeScript } from "../../utils.ts";
import { encodeMarker } from "../shared_internal.ts";
import { stringifyIslandProps } from "./islands.ts";
import type { RenderState } from "./render_state.ts";

interface Props {
  state: RenderState;
}

/** What `<Head>` held and nothing in the document's head was replaced by. */
export function RemainingHead({ state }: Props): ComponentChildren {
  const elements = [...state.headElements.values()];
  state.headElements.clear();
  return elements;
}

/** The end of the body: JSX that islands have not shown yet, and the script that boots the islands. */
export function Scripts({ state }: Props): VNode | null {
  if (state.hasScripts) return null;
  state.hasScripts = true;
  return h(Fragment, null, h(UnusedSlots, { state, from: 0 }), h(BootScript, { state }), h(DevScripts, { state }));
}

function UnusedSlots({ state, from }: Props & { from: number }): VNode | null {
  const end = state.slots.length;
  if (from === end) return null;
  const templates = state.slots.slice(from, end).map((slot) =>
    slot && h("template", { id: `frsh-${slot.id}-${encodeMarker(slot.name)}` }, slot.vnode.props.children)
  );
  // Islands in those templates may have slots of their own, which come to light when the templates are rendered.
  return h(Fragment, null, templates, h(UnusedSlots, { state, from: end }));
}

/** A page without islands has no script at all. */
function BootScript({ state }: Props): ComponentChildren {
  const { islands, buildCache, ctx, nonce } = state;
  if (islands.size === 0) return null;
  const { basePath } = ctx.config;
  const imports = [...islands].map(({ exportName, name, file }) => {
    const binding = exportName === "default" ? name : `{ ${exportName === name ? name : `${exportName} as ${name}`} }`;
    return `import ${binding} from "${basePath}${file}";`;
  });
  const names = [...islands].map(({ name }) => name).join(",");
  const props = escapeScript(JSON.stringify(stringifyIslandProps(state)), { json: true });
  const code = `import { boot } from "${basePath}${buildCache.clientEntry}";${
    imports.join("")
  }boot({${names}},${props});`;
  return h("script", { type: "module", nonce, dangerouslySetInnerHTML: { __html: code } });
}

function DevScripts({ state: { buildCache, ctx, nonce } }: Props): ComponentChildren {
  const { basePath } = ctx.config;
  const reload = buildCache.hmrClientEntry === undefined
    ? null
    : h("script", { type: "module", nonce, src: `${basePath}${buildCache.hmrClientEntry}` });
  if (!buildCache.features.errorOverlay || !isUnexpected(ctx.error)) return reload;
  const search = new URLSearchParams();
  if (ctx.error instanceof Error) {
    search.set("message", ctx.error.message);
    // An address has a limit, and the first lines say most.
    search.set("stack", (ctx.error.stack ?? "").slice(0, 4000));
  } else {
    search.set("message", String(ctx.error));
  }
  const overlay = h("iframe", {
    id: "fresh-error-overlay",
    title: "Error",
    width: "100%",
    height: "600",
    src: `${basePath}${DEV_ERROR_OVERLAY_URL}?${search}`,
  });
  return h(Fragment, null, overlay, reload);
}

function isUnexpected(error: unknown): boolean {
  return error !== null && error !== undefined && !(error instanceof HttpError && error.status < 500);
}
