import { type Component, type ComponentType, Fragment, h, options, type VNode } from "preact";
import { BUILD_ID } from "../../build_id.ts";
import { Head } from "../head.ts";
import { DATA_FRESH_KEY, encodeMarker, sharedProps } from "../shared_internal.ts";
import { HEAD_ELEMENTS, headIdentity } from "../head_identity.ts";
import { renderIsland, Slot } from "./islands.ts";
import { withMarker } from "./markers.ts";
import type { RenderState, Scope } from "./render_state.ts";
import { RemainingHead, Scripts } from "./scripts.ts";

type Props = Record<string, unknown>;
type AnyVNode = VNode<Props>;

/** The hooks of preact's renderer, by the names that its build gives them. */
interface RendererHooks {
  __b?: (vnode: AnyVNode) => void;
  __r?: (vnode: AnyVNode, component?: Component) => void;
  diffed?: (vnode: AnyVNode) => void;
}

const hooks = options as unknown as RendererHooks;
const { __b: previousDiff, __r: previousRender, diffed: previousDiffed } = hooks;

/** Rendering is synchronous, so there is one page at a time. */
let current: RenderState | null = null;

/** Gather what is rendered from now on in `state`. */
export function setRenderState(state: RenderState | null): void {
  current = state;
}

/** What elements were before they were changed here: elements kept in constants are rendered more than once. */
const ORIGINALS = new WeakMap<AnyVNode, { type: AnyVNode["type"]; props: Props }>();

hooks.__b = (vnode) => {
  if (current !== null) {
    const original = ORIGINALS.get(vnode);
    if (original !== undefined) Object.assign(vnode, original);
    if (typeof vnode.type === "string") changeElement(current, vnode, vnode.type);
    else if (vnode.type !== Fragment) changeComponent(current, vnode, vnode.type as ComponentType);
  }
  previousDiff?.(vnode);
};

hooks.__r = (vnode, component) => {
  const scope = current?.scopeOf.get(vnode) ?? ownScope(vnode);
  if (scope !== undefined) current?.enter(vnode, scope);
  previousRender?.(vnode, component);
};

hooks.diffed = (vnode) => {
  current?.leave(vnode);
  previousDiffed?.(vnode);
};

function ownScope({ type }: AnyVNode): Scope | undefined {
  const component: unknown = type;
  if (component === Slot) return "slot";
  return component === Head ? "collect" : undefined;
}

function change(vnode: AnyVNode, changes: { type?: AnyVNode["type"]; props?: Props }): void {
  if (!ORIGINALS.has(vnode)) ORIGINALS.set(vnode, { type: vnode.type, props: vnode.props });
  Object.assign(vnode, changes);
}

function changeComponent(state: RenderState, vnode: AnyVNode, type: ComponentType): void {
  if (state.finished.has(vnode) || state.inIsland) return;
  const island = state.islandOf(type);
  const { key } = vnode;
  if (island !== undefined) {
    change(vnode, { type: (props: Props) => renderIsland(state, island, type, key, props) });
  } else if (key != null) {
    change(vnode, {
      type: (props: Props) => {
        const child = h(type, props) as VNode;
        state.finished.add(child);
        return withMarker(child, "key", encodeMarker(key));
      },
    });
  }
}

function changeElement(state: RenderState, vnode: AnyVNode, type: string): void {
  const headScope = state.headScope;
  if (headScope !== undefined && HEAD_ELEMENTS.has(type) && !state.finished.has(vnode)) {
    return changeHeadElement(state, vnode, headScope);
  }
  const changes = sharedProps(vnode, BUILD_ID, state.ctx.url);
  if (changes !== null) change(vnode, { props: { ...vnode.props, ...changes } });
  if (state.inSlot && vnode.key != null) {
    change(vnode, { props: { ...vnode.props, [DATA_FRESH_KEY]: String(vnode.key) } });
  }

  switch (type) {
    case "html":
      state.renderedHtml = true;
      break;
    case "head":
      state.renderedHead = true;
      state.enter(vnode, "head");
      append(vnode, h(RemainingHead, { state }));
      break;
    case "body":
      state.renderedBody = true;
      append(vnode, h(Scripts, { state }));
      break;
    case "script":
    case "style":
      if (!vnode.props.nonce) change(vnode, { props: { ...vnode.props, nonce: state.nonce } });
      break;
  }
}

function append(vnode: AnyVNode, child: unknown): void {
  change(vnode, { props: { ...vnode.props, children: [vnode.props.children, child] } });
}

/** In `<Head>`, keep it for later; in the document's head, let what was kept take its place. */
function changeHeadElement(state: RenderState, vnode: AnyVNode, scope: Scope): void {
  const identity = headIdentity(vnode);
  if (scope === "collect") {
    state.headElements.set(identity, copy(state, vnode));
    return change(vnode, { type: () => null });
  }
  const replacement = state.headElements.get(identity) ?? copy(state, vnode);
  state.headElements.delete(identity);
  change(vnode, { type: () => replacement });
}

function copy(state: RenderState, { type, props, key }: AnyVNode): VNode {
  const keyed = key == null ? props : { ...props, "data-key": String(key) };
  const vnode = h(type as string, keyed) as VNode;
  state.finished.add(vnode);
  return vnode;
}
