import type { Dashboard } from "./dashboard.ts";
import type { DashboardCommand } from "./dashboard_commands.ts";
import { tabOfTile } from "./tabs.ts";

/** The tab on which a command shows in the dashboard as it is after it, or after its undoing; undefined for all or none. */
export function touchedTab(command: DashboardCommand, dashboard: Dashboard): string | undefined {
  switch (command.type) {
    case "move":
      return tabOfAny(dashboard, Object.keys(command.places));
    case "phone":
      return tabOfAny(dashboard, Object.keys(command.phones));
    case "change":
      return tabOfAny(dashboard, [command.id]);
    case "add":
      return tabOfTile(dashboard, command.placements[0] ?? {})?.id;
    case "remove":
      return tabOfAny(dashboard, command.ids);
    case "add-tab":
      return known(dashboard, command.tab.id);
    case "remove-tab":
    case "change-tab":
      return known(dashboard, command.id);
    case "batch": {
      // A tab that came or went says more than the tiles that went along.
      const own = command.commands.filter(({ type }) => type.endsWith("-tab"));
      return [...own.toReversed(), ...command.commands].map((one) => touchedTab(one, dashboard))
        .find((tab) => tab !== undefined);
    }
    default:
      return undefined;
  }
}

function tabOfAny(dashboard: Dashboard, ids: string[]): string | undefined {
  const placement = dashboard.placements.find(({ id }) => ids.includes(id));
  return placement && tabOfTile(dashboard, placement)?.id;
}

function known(dashboard: Dashboard, id: string): string | undefined {
  return dashboard.tabs?.find((tab) => tab.id === id)?.id;
}
