import assert from "node:assert/strict";
import { dashboardSchema } from "./dashboard.ts";
import { touchedTab } from "./touched_tab.ts";

const place = { x: 0, y: 0, w: 3, h: 2 };
const board = dashboardSchema.parse({
  id: "b",
  title: "B",
  tabs: [{ id: "one", name: "One" }, { id: "two", name: "Two" }],
  placements: [{ id: "a", widget: "kpi", place }, { id: "b", widget: "kpi", place, tab: "two" }],
});

Deno.test("touchedTab() says where a command shows: on the tab of its tiles, on the tab that came, on none for the title", () => {
  assert.equal(touchedTab({ type: "move", places: { b: place } }, board), "two");
  assert.equal(touchedTab({ type: "phone", phones: { a: null } }, board), "one");
  assert.equal(touchedTab({ type: "change", id: "b", part: "options", set: {}, unset: [] }, board), "two");
  assert.equal(touchedTab({ type: "remove", ids: ["b"] }, board), "two");
  assert.equal(touchedTab({ type: "add", placements: [board.placements[1]!] }, board), "two");
  assert.equal(touchedTab({ type: "set", set: { title: "C" }, unset: [] }, board), undefined);
  const gone = { type: "remove-tab", id: "two" } as const;
  assert.equal(
    touchedTab({ type: "batch", words: "", commands: [{ type: "remove", ids: ["a"] }, gone] }, board),
    "two",
  );
});
