import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { MARKER_PREFIX } from "../shared_internal.ts";

/** Put comments around what the browser must find again. */
export function withMarker(children: ComponentChildren, kind: string, text: string): VNode {
  return h(Fragment, null, comment(`${MARKER_PREFIX}${kind}:${text}`), children, comment(`/${MARKER_PREFIX}${kind}`));
}

function comment(text: string): VNode {
  // The renderer's own way of writing comments, which its types leave out.
  return h(Fragment, { UNSTABLE_comment: text } as Record<string, unknown>) as VNode;
}
