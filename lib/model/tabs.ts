/** The tabs of a dashboard and what stands on them. Pure, and free of zod: browsers load it. */
import type { Dashboard, Placement, Tab } from "./dashboard.ts";

type Tabbed = Pick<Dashboard, "tabs" | "placements">;

/** The tab that a page shows: the wanted one, else the first; undefined for a dashboard without tabs. */
export function openTab({ tabs = [] }: Pick<Dashboard, "tabs">, wanted?: string): Tab | undefined {
  return tabs.find(({ id }) => id === wanted) ?? tabs[0];
}

/** The tab that a tile stands on; undefined for a dashboard without tabs. */
export function tabOfTile(dashboard: Pick<Dashboard, "tabs">, placement: Pick<Placement, "tab">): Tab | undefined {
  return openTab(dashboard, placement.tab);
}

/** The tiles of one tab, as the document lists them: all of them for a dashboard without tabs. */
export function placementsOn({ tabs, placements }: Tabbed, wanted?: string): Placement[] {
  const tab = openTab({ tabs }, wanted);
  return tab ? placements.filter((placement) => tabOfTile({ tabs }, placement) === tab) : placements;
}
