import type { Dashboard } from "@/lib/model/mod.ts";
import { placementsOn } from "@/lib/model/tabs.ts";
import { BoardPicture } from "./BoardPicture.tsx";

/** A dashboard as a card: a small drawing of its own layout, its title, how much is on it. */
export function BoardCard(
  { dashboard }: { dashboard: Pick<Dashboard, "id" | "title" | "description" | "tabs" | "placements"> },
) {
  const { id, title, description, placements } = dashboard;
  const tiles = `${placements.length} ${placements.length === 1 ? "tile" : "tiles"}`;
  return (
    <a class="card card--link board" href={`/dashboards/${encodeURIComponent(id)}`}>
      <BoardPicture placements={placementsOn(dashboard)} />
      <span>
        <span class="board__title">{title}</span>
        <br />
        <span class="board__note">{description ? `${description} · ${tiles}` : tiles}</span>
      </span>
    </a>
  );
}
