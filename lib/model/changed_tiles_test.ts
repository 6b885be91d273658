import assert from "node:assert/strict";
import { changedTiles } from "./changed_tiles.ts";
import { type Dashboard, dashboardSchema } from "./dashboard.ts";
import { applyCommand, type DashboardCommand } from "./dashboard_commands.ts";

const tile = (id: string, x: number) => ({
  id,
  widget: "kpi",
  options: { metric: "spend" },
  place: { x, y: 0, w: 3, h: 2 },
});
const board: Dashboard = dashboardSchema.parse({
  id: "b",
  title: "B",
  tabs: [{ id: "one", name: "One" }, { id: "two", name: "Two" }],
  placements: [tile("a", 0), tile("b", 3), tile("c", 6), tile("d", 9), tile("e", 0)],
});

Deno.test("changedTiles() names what was added, removed, changed and moved, and nothing else", () => {
  const commands: DashboardCommand[] = [
    { type: "remove", ids: ["a"] },
    { type: "add", placements: [{ ...board.placements[0]!, id: "f" }] },
    { type: "move", places: { b: { x: 0, y: 9, w: 3, h: 2 }, c: { x: 3, y: 9, w: 3, h: 2 } } },
    { type: "change", id: "c", part: "options", set: { metric: "clicks" }, unset: [] },
    { type: "change", id: "d", part: "placement", set: { tab: "two" }, unset: [] },
  ];
  const after = commands.reduce((doc, command) => applyCommand(doc, command).dashboard, board);
  assert.deepEqual(
    changedTiles(board, after),
    new Map([["a", "removed"], ["f", "added"], ["b", "moved"], ["c", "changed"], ["d", "moved"]]),
  );
  assert.equal(changedTiles(board, structuredClone(board)).size, 0);
  const phones = { a: { order: 1 }, b: { order: 0, hidden: true } };
  const onPhones = applyCommand(board, { type: "phone", phones }).dashboard;
  assert.deepEqual(changedTiles(board, onPhones), new Map([["b", "changed"]]));
});
