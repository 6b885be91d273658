import { type ComponentType, h, type VNode } from "preact";
import { computed, signal } from "@preact/signals";
import { type CustomParser, parse } from "../../jsonify/parse.ts";
import { hydrateIsland } from "./hydrate.ts";
import { findMarkers } from "./markers.ts";
import { rootFragment } from "./root_fragment.ts";
import { slotToChildren } from "./slots.ts";

/** JSX that the page handed to an island; it lies in the document. */
class SlotRef {
  constructor(readonly id: number, readonly name: string) {}
}

/** What is needed to make the elements of islands. */
export interface IslandSource {
  /** Make an island's element by its name and the index of its props. */
  create(name: string, index: number, key?: string): VNode;
}

const PARSERS: CustomParser = {
  Signal: (value) => signal(value),
  Computed: (value) => computed(() => value),
  Slot: ({ id, name }: { id: number; name: string }) => new SlotRef(id, name),
};

/** Make the islands on the page interactive, keeping the document's nodes as the server sent them. */
export function boot(components: Record<string, ComponentType>, text: string): void {
  const allProps = parse<{ props: Record<string, unknown> }[]>(text, PARSERS);
  const { islands, slots } = findMarkers(document.body);

  const source: IslandSource = {
    create(name, index, key) {
      const props: Record<string, unknown> = { ...allProps[index]!.props };
      for (const prop in props) {
        const value = props[prop];
        if (value instanceof SlotRef) props[prop] = slotToChildren(source, value, slots.get(value.id));
      }
      return h(components[name]!, key === undefined ? props : { ...props, key }) as VNode;
    },
  };

  for (const { name, index, start, end } of islands) {
    // One task each, so that a page with many islands stays responsive.
    setTimeout(() => hydrateIsland(source.create(name, index), rootFragment(start, end)));
  }
}
