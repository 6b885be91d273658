import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ClientHead } from "./client_head.ts";

/** What belongs into the document's head. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Puts elements into the document's `<head>` from anywhere in a page. A `<title>`, and any element with the same `key`
 * or `id`, or a `<meta>` of the same name, takes the place of the one in the app wrapper. Where an island renders it, the
 * document's head changes with it.
 */
export function Head(props: HeadProps): ComponentChildren {
  return typeof document === "undefined" ? props.children : useDocumentHead(props.children);
}

function useDocumentHead(children: ComponentChildren): null {
  const head = useRef<ClientHead>(null);
  useEffect(() => (head.current ??= new ClientHead()).show(children));
  useEffect(() => () => head.current?.remove(), []);
  return null;
}
