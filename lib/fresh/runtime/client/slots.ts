import { type ComponentChild, Fragment, h, type VNode } from "preact";
import { DATA_FRESH_KEY, encodeMarker } from "../shared_internal.ts";
import type { IslandSource } from "./boot.ts";
import { type Range, readMarker } from "./markers.ts";

/** Make elements of the nodes that an island was handed, so that it can render them where they are. */
export function slotToChildren(
  source: IslandSource,
  slot: { id: number; name: string },
  range: Range | undefined,
): VNode {
  // The island has not shown it yet where there is no range.
  const template = document.getElementById(`frsh-${slot.id}-${encodeMarker(slot.name)}`);
  const [first, end] = range !== undefined
    ? [range.start.nextSibling, range.end]
    : [template instanceof HTMLTemplateElement ? template.content.firstChild : null, null];
  // One element, as on the server: islands may ask whether they were handed one.
  return h(Fragment, null, read(source, first, end).children);
}

function read(source: IslandSource, first: Node | null, end: Node | null) {
  const children: ComponentChild[] = [];
  let node = first;
  for (; node !== null && node !== end; node = node.nextSibling) {
    const marker = readMarker(node);
    if (marker === null) {
      if (node.nodeType === Node.TEXT_NODE) children.push((node as Text).data);
      if (node.nodeType === Node.ELEMENT_NODE) children.push(readElement(source, node as Element));
    } else if (marker.kind === "/key") {
      break;
    } else if (marker.kind === "key") {
      const inner = read(source, node.nextSibling, end);
      children.push(h(Fragment, { key: marker.parts[0] }, inner.children));
      node = inner.last ?? node;
    } else if (marker.kind === "island") {
      const [name, index, key] = marker.parts;
      children.push(source.create(name!, Number(index), key || undefined));
      // The island renders what lies in it.
      node = endOf(node);
    }
  }
  return { children, last: node };
}

function endOf(start: Node): Node {
  let depth = 0;
  for (let node: Node | null = start; node !== null; node = node.nextSibling) {
    const kind = readMarker(node)?.kind;
    if (kind === "island") depth++;
    if (kind === "/island" && --depth === 0) return node;
  }
  return start;
}

function readElement(source: IslandSource, element: Element): ComponentChild {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    if (name === DATA_FRESH_KEY) props.key = value;
    // Attributes with code are not taken over: the policy of most pages forbids them, and preact takes them for functions.
    else if (!name.startsWith("on")) props[name] = typeof Reflect.get(element, name) === "boolean" ? true : value;
  }
  return h(element.localName, props, read(source, element.firstChild, null).children);
}
