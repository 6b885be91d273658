import type { ComponentChildren } from "preact";

/** What belongs into the document's head. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Puts elements into the document's `<head>` from anywhere in a page. A `<title>`, and any element with the same `key`
 * or `id`, or a `<meta>` of the same name, takes the place of the one in the app wrapper.
 *
 * It works while the server renders; in the browser it renders nothing.
 */
export function Head(props: HeadProps): ComponentChildren {
  return typeof document === "undefined" ? props.children : null;
}
