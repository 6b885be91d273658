import type { ComponentType, VNode } from "preact";
import type { BuildCache } from "../../build_cache.ts";
import type { Context, Island } from "../../context.ts";

/** What the part of a page that is being rendered belongs to. */
export type Scope = "island" | "slot" | "head" | "collect";

/** JSX that was handed to an island; `null` once the island rendered it. */
export interface PendingSlot {
  id: number;
  name: string;
  vnode: VNode;
}

/** Everything that is gathered while one page is rendered. */
export class RenderState {
  /** Allows the inline scripts and styles of this page, and of no other. */
  readonly nonce: string = crypto.randomUUID().replaceAll("-", "");
  /** JSX props of islands. */
  slots: (PendingSlot | null)[] = [];
  /** Props of each island on the page, in the order of their markers. */
  islandProps: { slots: never[]; props: Record<string, unknown> }[] = [];
  /** Which island each entry of `islandProps` is. */
  islandNames: string[] = [];
  /** The islands used. */
  islands: Set<Island> = new Set();
  /** What `<Head>` holds, by what it replaces. */
  headElements: Map<string, VNode> = new Map();
  /** Elements made here, which need no further change. */
  finished: WeakSet<VNode> = new WeakSet();
  /** Components that begin a scope of their own. */
  scopeOf: WeakMap<VNode, Scope> = new WeakMap();
  renderedHtml = false;
  renderedHead = false;
  renderedBody = false;
  hasScripts = false;

  #scopes: { vnode: VNode; scope: Scope }[] = [];

  constructor(readonly ctx: Context<unknown>, readonly buildCache: BuildCache) {}

  /** The island that a component is, if it is one. */
  islandOf(type: unknown): Island | undefined {
    return this.buildCache.islandRegistry.get(type as ComponentType);
  }

  /** What is rendered from here on lies in `scope`, until `leave()` is called with the same element. */
  enter(vnode: VNode, scope: Scope): void {
    // A component that settles its state is rendered several times.
    if (this.#scopes.at(-1)?.vnode !== vnode) this.#scopes.push({ vnode, scope });
  }

  /** The element is done. */
  leave(vnode: VNode): void {
    const index = this.#scopes.findLastIndex((entry) => entry.vnode === vnode);
    // What lies above was left by an error that a boundary caught.
    if (index !== -1) this.#scopes.length = index;
  }

  /** Whether an island renders this, as opposed to the page. */
  get inIsland(): boolean {
    return this.#nearest("island", "slot") === "island";
  }

  /** Whether this was handed to an island by the page. */
  get inSlot(): boolean {
    return this.#nearest("island", "slot") === "slot";
  }

  /** Whether this lies in the document's head, or is meant for it. */
  get headScope(): Scope | undefined {
    return this.#nearest("head", "collect");
  }

  #nearest(...scopes: Scope[]): Scope | undefined {
    return this.#scopes.findLast((entry) => scopes.includes(entry.scope))?.scope;
  }
}
