import { h, hydrate, options, render, type VNode } from "preact";
import { DATA_FRESH_KEY } from "../shared_internal.ts";

type ElementVNode = VNode<Record<string, unknown>> & { __e?: Node };

/** Props that are no attributes, or that users may have changed before the script came. */
const NOT_COMPARED = new Set([
  "children",
  "key",
  "ref",
  "dangerouslySetInnerHTML",
  "value",
  "checked",
  "selected",
  "defaultValue",
  "defaultChecked",
]);
/** Attributes that only the server writes. */
const SERVER_ONLY = new Set(["nonce", "value", "checked", "selected", DATA_FRESH_KEY]);

let isHydrating = false;
const previous = options.diffed;

options.diffed = (vnode) => {
  const { type, props, __e: element } = vnode as ElementVNode;
  if (isHydrating && typeof type === "string" && element instanceof Element && !isAsSent(element, props)) {
    repair(element, type, props);
  }
  previous?.(vnode);
};

/**
 * Take over what the server rendered. Unlike preact's own hydration it corrects attributes that are different in the
 * browser, as in `disabled={!IS_BROWSER}`; as with preact's own, HTML that was set as text stays as it is.
 */
export function hydrateIsland(vnode: VNode, root: Element): void {
  isHydrating = true;
  try {
    hydrate(vnode, root);
  } finally {
    isHydrating = false;
  }
}

/** Whether the attributes are those of the props, as far as can be told without rendering. */
function isAsSent(element: Element, props: Record<string, unknown>): boolean {
  let expected = 0;
  for (const name in props) {
    const value = props[name];
    if (NOT_COMPARED.has(name) || typeof value === "function") continue;
    if (typeof value === "object" && value !== null) return false;
    const actual = element.getAttribute(name === "className" ? "class" : name === "htmlFor" ? "for" : name);
    const isAbsent = value == null || value === false;
    if (isAbsent ? actual !== null : actual !== (value === true ? "" : String(value))) return false;
    if (!isAbsent) expected++;
  }
  for (const { name } of element.attributes) if (!SERVER_ONLY.has(name)) expected--;
  return expected === 0;
}

/** Let preact make the element anew beside the page, and take over its attributes. */
function repair(element: Element, type: string, props: Record<string, unknown>): void {
  const own = Object.fromEntries(
    Object.entries(props).filter(([name, value]) => !NOT_COMPARED.has(name) && typeof value !== "function"),
  );
  const parent = (element.parentElement ?? document.body).cloneNode(false) as Element;
  isHydrating = false;
  render(h(type, own), parent);
  isHydrating = true;
  const wanted = parent.firstElementChild!;
  for (const { name, value } of wanted.attributes) {
    if (name === "style") copyStyle(wanted as HTMLElement, element as HTMLElement);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  for (const { name } of [...element.attributes]) {
    if (!wanted.hasAttribute(name) && !SERVER_ONLY.has(name)) element.removeAttribute(name);
  }
}

/** A strict policy ignores the server's `style` attributes, and those set as attributes, but not styles set by script. */
function copyStyle(from: HTMLElement, to: HTMLElement): void {
  if (to.style.cssText !== from.style.cssText) to.style.cssText = from.style.cssText;
}
