/**
 * Writes `views.ts` and `mod.ts`: every folder here that has a `mod.ts` is a widget. Run it after adding one:
 * `deno run -A widgets/make_views.ts`.
 */
const HERE = new URL("./", import.meta.url);

/** The widget folders, sorted. */
export function widgetFolders(): string[] {
  const folders: string[] = [];
  for (const entry of Deno.readDirSync(HERE)) {
    if (entry.isDirectory && exists(new URL(`${entry.name}/mod.ts`, HERE))) folders.push(entry.name);
  }
  return folders.sort();
}

/** The text of `views.ts`: what browsers load by kind. A folder's name is its kind with _ for -. */
export function viewsText(folders: string[]): string {
  const lines = folders.map((name) => `  ${property(name.replaceAll("_", "-"))}: () => import("./${name}/View.tsx"),`);
  return `// Written by widgets/make_views.ts: do not edit.
import type { ComponentType } from "preact";
import type { WidgetProps } from "@/lib/widget/mod.ts";

/** Views by widget kind, each loaded when it is needed. */
export const views: Record<string, () => Promise<{ default: ComponentType<WidgetProps<never>> }>> = {
${lines.join("\n")}
};
`;
}

/** The text of `mod.ts`: the list of widgets for the server. */
export function listText(folders: string[]): string {
  const names = folders.map((name) => ({ name, local: name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()) }));
  return `// Written by widgets/make_views.ts: do not edit.
import { type Widget, type WidgetRegistry, widgetRegistry } from "@/lib/widget/mod.ts";
${names.map(({ name, local }) => `import ${local} from "./${name}/mod.ts";`).join("\n")}

/** Every widget that comes built in. */
export const widgets: Widget[] = [
${names.map(({ local }) => `  ${local},`).join("\n")}
];

/** The built-in widgets as a registry. */
export const registry: WidgetRegistry = widgetRegistry(widgets);
`;
}

function property(kind: string): string {
  return /^[a-z]\w*$/.test(kind) ? kind : JSON.stringify(kind);
}

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

if (import.meta.main) {
  const folders = widgetFolders();
  await Deno.writeTextFile(new URL("views.ts", HERE), viewsText(folders));
  await Deno.writeTextFile(new URL("mod.ts", HERE), listText(folders));
  console.log(`${folders.length} widgets: ${folders.join(", ")}`);
}
