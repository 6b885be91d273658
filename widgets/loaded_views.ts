/**
 * Views by kind, loaded once. The server loads those a page needs before it renders; the browser loads each while the
 * server's HTML stands, so a page carries the code of its own widgets alone.
 */
import type { ComponentType } from "preact";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { views } from "./views.ts";

type View = ComponentType<WidgetProps<unknown>>;

const loaded = new Map<string, View>();

/** The view, if it has been loaded. */
export function loadedView(kind: string): View | undefined {
  return loaded.get(kind);
}

/** Loads a view; undefined for a kind that is not installed. */
export async function loadView(kind: string): Promise<View | undefined> {
  const known = loaded.get(kind);
  if (known) return known;
  const load = Object.hasOwn(views, kind) ? views[kind] : undefined;
  if (!load) return undefined;
  const view = (await load()).default as View;
  loaded.set(kind, view);
  return view;
}
