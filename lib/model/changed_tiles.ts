import { commandsBetween } from "./commands_between.ts";
import type { Dashboard } from "./dashboard.ts";
import type { DashboardCommand } from "./dashboard_commands.ts";

/** How a tile of one document stands in another. */
export type TileChange = "added" | "removed" | "changed" | "moved";

/** The tiles that two documents do not have alike, by id; a tile that was changed and moved counts as changed. Pure. */
export function changedTiles(before: Dashboard, after: Dashboard): Map<string, TileChange> {
  const changes = new Map<string, TileChange>();
  const note = (ids: string[], change: TileChange) => {
    for (const id of ids) if (changes.get(id) !== "changed") changes.set(id, change);
  };
  for (const command of commandsBetween(before, after)) note(...touched(command, before));
  return changes;
}

function touched(command: DashboardCommand, before: Dashboard): [string[], TileChange] {
  switch (command.type) {
    case "add":
      return [command.placements.map(({ id }) => id), "added"];
    case "remove":
      return [command.ids, "removed"];
    case "move":
      return [Object.keys(command.places), "moved"];
    case "phone": {
      // An order on phones is a number for every tile, whichever of them was moved: it marks none.
      const old = new Map(before.placements.map(({ id, phone }) => [id, phone]));
      const other = Object.keys(command.phones).filter((id) => {
        const [was, is] = [old.get(id), command.phones[id]];
        return was?.hidden !== is?.hidden || was?.w !== is?.w || was?.h !== is?.h;
      });
      return [other, "changed"];
    }
    case "change": {
      const fields = [...Object.keys(command.set), ...command.unset];
      const onlyTab = command.part === "placement" && fields.every((field) => field === "tab");
      return [[command.id], onlyTab ? "moved" : "changed"];
    }
    default:
      return [[], "moved"];
  }
}
