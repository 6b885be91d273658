/** What two editors did to the tabs of a dashboard, joined. Pure. */
import type { Dashboard, Tab } from "./dashboard.ts";
import type { DashboardCommand } from "./dashboard_commands.ts";

/** The documents of a merge. */
export interface MergeSides {
  base: Dashboard;
  mine: Dashboard;
  theirs: Dashboard;
}

/**
 * Of the commands that made mine those about tabs, as they fit theirs; `tiles` are those about tiles. A tab that they
 * removed comes back where I changed it, or where one of my tiles stands on it.
 */
export function mergeTabCommands(
  between: readonly DashboardCommand[],
  tiles: readonly DashboardCommand[],
  { base, mine, theirs }: MergeSides,
): DashboardCommand[] {
  const known = new Set((theirs.tabs ?? []).map(({ id }) => id));
  const commands: DashboardCommand[] = [];
  const bring = (tab: Tab | undefined) => {
    if (!tab || known.has(tab.id)) return;
    known.add(tab.id);
    commands.push({ type: "add-tab", tab });
  };
  const mineTab = (id: unknown) => [...mine.tabs ?? [], ...base.tabs ?? []].find((tab) => tab.id === id);
  let order: string[] | null = null;
  for (const command of between) {
    if (command.type === "add-tab") bring(command.tab);
    else if (command.type === "change-tab") {
      if (known.has(command.id)) commands.push(command);
      else bring(mineTab(command.id));
    } else if (command.type === "remove-tab" && known.delete(command.id)) commands.push(command);
    else if (command.type === "order-tabs") order = command.ids;
  }
  for (const command of tiles) {
    if (command.type === "add") command.placements.forEach(({ tab }) => bring(mineTab(tab)));
    else if (command.type === "change" && command.part === "placement") bring(mineTab(command.set.tab));
  }
  if (!order) return commands;
  const ids = [...order.filter((id) => known.has(id)), ...[...known].filter((id) => !order.includes(id))];
  return ids.length > 0 ? [...commands, { type: "order-tabs", ids }] : commands;
}
