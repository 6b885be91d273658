import type { VNode } from "preact";

/** Elements that belong into a document's head. */
export const HEAD_ELEMENTS: Set<string> = new Set([
  "title",
  "meta",
  "link",
  "script",
  "style",
  "base",
  "noscript",
  "template",
]);

const META_NAMES = ["name", "property", "http-equiv", "httpEquiv", "itemprop", "charset"];

/** What an element in the head is known by: two with the same identity cannot both be there. */
export function headIdentity(vnode: VNode<Record<string, unknown>>): string {
  const { type, props, key } = vnode;
  if (key != null) return `${type} key ${key}`;
  if (type === "title" || type === "base") return type;
  if (props.id != null) return `${type} id ${props.id}`;
  if (type === "meta") {
    const name = META_NAMES.find((name) => props[name] != null);
    if (name !== undefined) return name === "charset" ? "meta charset" : `meta ${name} ${props[name]}`;
  }
  if (type === "link" && (props.rel === "canonical" || props.rel === "manifest")) return `link rel ${props.rel}`;

  const rest = Object.entries(props).filter(([name]) => !["nonce", "ref", "dangerouslySetInnerHTML"].includes(name));
  const html = (props.dangerouslySetInnerHTML as { __html?: string } | undefined)?.__html ?? "";
  return `${type} ${rest.map(([name, value]) => `${name}=${value}`).sort().join(" ")} ${html}`;
}
