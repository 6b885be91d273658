/** Two editors at once: one's work on top of the other's, so that neither side is lost. */
import { commandsBetween } from "./commands_between.ts";
import type { Dashboard, Placement } from "./dashboard.ts";
import type { DashboardCommand } from "./dashboard_commands.ts";
import { mergeTabCommands } from "./merge_tab_commands.ts";

/**
 * Puts one editor's work on top of another's: what `mine` changed since `base`, done to `theirs`. Where both changed the
 * same field mine stands; a tile or a tab that they removed and I changed comes back as I have it.
 */
export function mergeCommands(base: Dashboard, mine: Dashboard, theirs: Dashboard): DashboardCommand[] {
  const between = commandsBetween(base, mine);
  const tiles = mergeTileCommands(between, mine, theirs);
  return [...mergeTabCommands(between, tiles, { base, mine, theirs }), ...tiles];
}

function mergeTileCommands(between: DashboardCommand[], mine: Dashboard, theirs: Dashboard): DashboardCommand[] {
  const theirIds = new Set(theirs.placements.map(({ id }) => id));
  const back = new Map<string, Placement>();
  const missing = (id: string) => {
    const placement = mine.placements.find((other) => other.id === id);
    if (!theirIds.has(id) && placement) back.set(id, placement);
    return !theirIds.has(id);
  };
  const there = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => !missing(id)));
  const kept: DashboardCommand[] = [];
  for (const command of between) {
    if (command.type === "set") kept.push(command);
    else if (command.type === "remove") {
      const ids = command.ids.filter((id) => theirIds.has(id));
      if (ids.length > 0) kept.push({ type: "remove", ids });
    } else if (command.type === "add") {
      const placements = command.placements.filter(({ id }) => !theirIds.has(id));
      if (placements.length > 0) kept.push({ type: "add", placements });
    } else if (command.type === "move") {
      const places = there(command.places);
      if (Object.keys(places).length > 0) kept.push({ type: "move", places });
    } else if (command.type === "phone") {
      const phones = there(command.phones);
      if (Object.keys(phones).length > 0) kept.push({ type: "phone", phones });
    } else if (command.type === "change" && !missing(command.id)) kept.push(command);
  }
  return back.size > 0 ? [...kept, { type: "add", placements: [...back.values()] }] : kept;
}
