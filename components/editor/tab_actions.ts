/** What can be done to the tabs of a draft: the same by key, by button and by mouse. */
import type { Placement, Tab } from "@/lib/model/mod.ts";
import type { DashboardCommand } from "@/lib/model/dashboard_commands.ts";
import { newId } from "@/lib/model/new_id.ts";
import { placementsOn } from "@/lib/model/tabs.ts";
import { freeBlock, SECTION } from "@/lib/model/tile_layout.ts";
import type { EditorSession } from "./editor_session.ts";

/** Adds a tab and goes there. The first makes two of one page: what there is stands on a tab of its own then. */
export function addTab(session: EditorSession): void {
  const { tabs = [], placements } = session.now;
  const commands: DashboardCommand[] = [];
  if (tabs.length === 0) {
    const first: Tab = { id: newId(), name: "Overview" };
    commands.push({ type: "add-tab", tab: first }, ...placements.map(({ id }) => toTab(id, first.id)));
  }
  const tab: Tab = { id: newId(), name: `Tab ${Math.max(tabs.length, 1) + 1}` };
  commands.push({ type: "add-tab", tab });
  session.do(commands.length === 1 ? commands[0]! : { type: "batch", words: "Added tabs", commands });
  session.goTo(tab.id);
  session.select([]);
}

/** Gives a tab another name; one without a name would be no tab, so an empty one is not taken. */
export function renameTab(session: EditorSession, id: string, name: string): void {
  if (name.trim() === "") return;
  session.do({ type: "change-tab", id, set: { name: name.slice(0, 80) }, unset: [] }, { typed: true });
}

/** Puts a tab to another place in the row. */
export function moveTab(session: EditorSession, id: string, to: number): void {
  const ids = (session.now.tabs ?? []).map((tab) => tab.id);
  const from = ids.indexOf(id);
  const at = Math.min(Math.max(to, 0), ids.length - 1);
  if (from < 0 || at === from) return;
  // Tiles without a tab are on the first, and would go on being on the first.
  const stray = session.now.placements.filter(({ tab }) => !ids.includes(tab ?? ""));
  const order: DashboardCommand = { type: "order-tabs", ids: ids.toSpliced(from, 1).toSpliced(at, 0, id) };
  const commands = [...stray.map((placement) => toTab(placement.id, ids[0]!)), order];
  session.do(commands.length === 1 ? order : { type: "batch", words: "Changed the order of the tabs", commands });
}

/** Takes a tab away with its tiles. The last one stays: a dashboard has a page. */
export function removeTab(session: EditorSession, id: string): void {
  const { tabs = [] } = session.now;
  const at = tabs.findIndex((tab) => tab.id === id);
  if (at < 0 || tabs.length < 2) return;
  const tiles = placementsOn(session.now, id);
  const words = `Removed the tab “${tabs[at]!.name}”${tiles.length > 0 ? ` with ${counted(tiles.length)}` : ""}`;
  session.do({
    type: "batch",
    words,
    commands: [
      ...tiles.length > 0 ? [{ type: "remove" as const, ids: tiles.map((tile) => tile.id) }] : [],
      { type: "remove-tab", id },
    ],
  });
  session.goTo((tabs[at + 1] ?? tabs[at - 1])?.id);
}

/** Moves the selected tiles to another tab, where they stand to one another as they did, and goes there. */
export function chosenToTab(session: EditorSession, tab: Tab): void {
  const chosen = session.chosen;
  if (chosen.length === 0 || session.open?.id === tab.id) return;
  const places = freeBlock(placementsOn(session.now, tab.id), chosen);
  session.do({
    type: "batch",
    words: `Moved ${counted(chosen.length)} to the tab “${tab.name}”`,
    commands: [...chosen.map(({ id }) => toTab(id, tab.id)), { type: "move", places }],
  });
  session.tab.value = tab.id;
}

/** Adds a section below everything on the tab that is edited, and selects it. */
export function addSection(session: EditorSession): void {
  const bottom = Math.max(0, ...session.here.map(({ place }) => place.y + place.h));
  const band: Placement = {
    id: newId(),
    widget: SECTION,
    widgetVersion: 1,
    title: "Section",
    options: {},
    place: { x: 0, y: Math.min(bottom, 199), w: 12, h: 1 },
    ...session.open ? { tab: session.open.id } : {},
  };
  session.do({ type: "add", placements: [band] });
  session.select([band.id]);
}

function toTab(id: string, tab: string): DashboardCommand {
  return { type: "change", id, part: "placement", set: { tab }, unset: [] };
}

function counted(tiles: number): string {
  return tiles === 1 ? "1 tile" : `${tiles} tiles`;
}
