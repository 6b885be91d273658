import { options, type VNode } from "preact";
import { BUILD_ID } from "../../build_id.ts";
import { sharedProps } from "../shared_internal.ts";

const previous = options.vnode;

// The server changes these props as it renders; without the same here, islands would change them back.
options.vnode = (vnode) => {
  const changes = sharedProps(vnode as VNode<Record<string, unknown>>, BUILD_ID, location);
  if (changes !== null) Object.assign(vnode.props, changes);
  previous?.(vnode);
};
