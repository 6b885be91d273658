import assert from "node:assert/strict";
import { listText, viewsText, widgetFolders } from "./make_views.ts";
import { widgets } from "./mod.ts";

Deno.test("views.ts and mod.ts hold every widget folder; if not, run widgets/make_views.ts", async () => {
  const folders = widgetFolders();
  assert.equal(await Deno.readTextFile(new URL("./views.ts", import.meta.url)), viewsText(folders));
  assert.equal(await Deno.readTextFile(new URL("./mod.ts", import.meta.url)), listText(folders));
});

Deno.test("a widget's kind is its folder's name, so that browsers find its view", () => {
  const kinds = widgets.map((widget) => widget.manifest.kind.replaceAll("-", "_")).sort();
  assert.deepEqual(kinds, widgetFolders());
});
