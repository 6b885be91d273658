import { type ComponentChildren, type ComponentType, h, isValidElement, type VNode } from "preact";
import { computed, type Signal } from "@preact/signals";
import type { Island } from "../../context.ts";
import { type Stringifiers, stringify, StringifyError } from "../../jsonify/stringify.ts";
import { encodeMarker } from "../shared_internal.ts";
import { withMarker } from "./markers.ts";
import type { RenderState } from "./render_state.ts";

interface SlotProps {
  id: number;
  name: string;
  children?: ComponentChildren;
  onRender: (id: number) => void;
}

/** JSX that the page handed to an island, where the island renders it. */
export function Slot({ id, name, children, onRender }: SlotProps): VNode {
  onRender(id);
  return withMarker(children, "slot", `${id}:${encodeMarker(name)}`);
}

/** Render a component as an island: remember its props and mark its place. */
export function renderIsland(
  state: RenderState,
  island: Island,
  component: ComponentType,
  key: unknown,
  props: Record<string, unknown>,
): VNode {
  state.islands.add(island);
  const islandProps: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    islandProps[name] = isSlotContent(name, value) ? newSlot(state, name, value as ComponentChildren) : value;
  }
  const index = state.islandProps.push({ slots: [], props: islandProps }) - 1;
  state.islandNames.push(island.name);

  const child = h(component, islandProps) as VNode;
  state.finished.add(child);
  state.scopeOf.set(child, "island");
  return withMarker(child, "island", `${island.name}:${index}:${key == null ? "" : encodeMarker(key)}`);
}

/** Children are never sent as data: they are in the page already. */
function isSlotContent(name: string, value: unknown): boolean {
  if (value == null || typeof value === "boolean" || typeof value === "function") return false;
  return name === "children" || (isValidElement(value) && !isSignal(value));
}

function newSlot(state: RenderState, name: string, children: ComponentChildren): VNode {
  const id = state.slots.length;
  const slot = h(Slot, { id, name, onRender: () => state.slots[id] = null }, children) as VNode;
  state.slots.push({ id, name, vnode: slot });
  return slot;
}

const COMPUTED: unknown = Object.getPrototypeOf(computed(() => 0));
const SIGNAL_BRAND: symbol = Symbol.for("preact-signals");

function isSignal(value: unknown): value is Signal {
  return typeof value === "object" && value !== null && Reflect.get(value, "brand") === SIGNAL_BRAND;
}

const STRINGIFIERS: Stringifiers = {
  // Computed ones are sent as they are now; what they are computed from stays here.
  Computed: (value) =>
    isSignal(value) && Object.getPrototypeOf(value) === COMPUTED ? { value: value.peek() } : undefined,
  Signal: (value) => isSignal(value) ? { value: value.peek() } : undefined,
  Slot: (value) => {
    if (!isValidElement(value) || value.type !== Slot) return undefined;
    const { id, name } = value.props as unknown as SlotProps;
    return { value: { id, name } };
  },
};

/** Write the props of all islands on the page as text. */
export function stringifyIslandProps(state: RenderState): string {
  try {
    return stringify(state.islandProps, STRINGIFIERS);
  } catch (error) {
    if (!(error instanceof StringifyError)) throw error;
    // The path is: index of the island, "props", name of the prop …
    const [index, , ...prop] = error.path;
    throw new TypeError(
      `Cannot send prop "${prop.join(".")}" of island "${state.islandNames[Number(index)]}" to the browser: ` +
        `${error.reason}. Pass plain data, signals or JSX`,
      { cause: error },
    );
  }
}
