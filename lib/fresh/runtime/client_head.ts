import { cloneElement, type ComponentChildren, h, isValidElement, render, toChildArray, type VNode } from "preact";
import { headIdentity } from "./head_identity.ts";

/** What one `<Head>` in an island holds, in the document's own head. */
export class ClientHead {
  /** Elements are made here first: they may come from components. */
  #made: Element = document.createElement("head");
  /** Those that were not in the document's head before. */
  #added = new Set<Element>();

  /** Bring the document's head up to date. */
  show(children: ComponentChildren): void {
    render(toChildArray(children).map((child) => isValidElement(child) ? withKey(child) : child), this.#made);
    const shown = new Set<Element>();
    for (const wanted of this.#made.children) {
      const identity = identityOf(wanted);
      const existing = [...document.head.children].find((element) => identityOf(element) === identity);
      if (existing !== undefined) takeOver(wanted, existing);
      shown.add(existing ?? this.#add(wanted));
    }
    for (const element of this.#added.difference(shown)) this.#drop(element);
  }

  /** Take away what was added. What was changed stays: nobody knows any more what it was. */
  remove(): void {
    render(null, this.#made);
    for (const element of [...this.#added]) this.#drop(element);
  }

  #add(wanted: Element): Element {
    const element = document.createElement(wanted.localName);
    takeOver(wanted, element);
    // The policy that let the page's own inline elements in is to let in these.
    element.nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
    document.head.append(element);
    this.#added.add(element);
    return element;
  }

  #drop(element: Element): void {
    element.remove();
    this.#added.delete(element);
  }
}

/** Keys are in the document as the server writes them. */
function withKey(vnode: VNode): VNode {
  const isKeyed = typeof vnode.type === "string" && vnode.key != null;
  return isKeyed ? cloneElement(vnode, { "data-key": String(vnode.key) } as Record<string, unknown>) : vnode;
}

function identityOf(element: Element): string {
  const props: Record<string, unknown> = { children: contentOf(element).textContent };
  for (const { name, value } of element.attributes) if (name !== "data-key") props[name] = value;
  const key = element.getAttribute("data-key");
  return headIdentity(h(element.localName, key === null ? props : { ...props, key }) as VNode<Record<string, unknown>>);
}

function takeOver(wanted: Element, element: Element): void {
  for (const { name, value } of wanted.attributes) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  for (const { name } of [...element.attributes]) {
    if (name !== "nonce" && !wanted.hasAttribute(name)) element.removeAttribute(name);
  }
  const [from, to] = [contentOf(wanted), contentOf(element)];
  if (from.textContent === to.textContent) return;
  to.replaceChildren(...Array.from(from.childNodes, (node) => node.cloneNode(true)));
}

function contentOf(element: Element): Element | DocumentFragment {
  return element instanceof HTMLTemplateElement ? element.content : element;
}
