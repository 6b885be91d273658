// Written by widgets/make_views.ts: do not edit.
import { type Widget, type WidgetRegistry, widgetRegistry } from "@/lib/widget/mod.ts";
import kpi from "./kpi/mod.ts";
import line from "./line/mod.ts";
import table from "./table/mod.ts";

/** Every widget that comes built in. */
export const widgets: Widget[] = [
  kpi,
  line,
  table,
];

/** The built-in widgets as a registry. */
export const registry: WidgetRegistry = widgetRegistry(widgets);
