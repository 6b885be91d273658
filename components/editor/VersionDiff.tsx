/** Two documents of a dashboard side by side: small drawings with what differs marked, and every change in words. */
import { BoardPicture } from "@/components/home/BoardPicture.tsx";
import { changedTiles, type TileChange } from "@/lib/model/changed_tiles.ts";
import { commandsBetween } from "@/lib/model/commands_between.ts";
import { commandWords } from "@/lib/model/command_words.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import { openTab, placementsOn } from "@/lib/model/tabs.ts";

/** A document under the name it goes by. */
export interface NamedDocument {
  name: string;
  dashboard: Dashboard;
}

/** The two; nothing but a sentence where they are alike. */
export function VersionDiff({ before, after }: { before: NamedDocument; after: NamedDocument }) {
  const words = commandsBetween(before.dashboard, after.dashboard)
    .flatMap((command) => commandWords(command, before.dashboard, after.dashboard));
  if (words.length === 0) return <p class="quiet">{after.name} is the same as {lower(before.name)}.</p>;
  const changes = changedTiles(before.dashboard, after.dashboard);
  return (
    <>
      {tabsToDraw(before.dashboard, after.dashboard, changes).map(({ id, name }) => {
        const sides = [before, after].map((side) => ({ ...side, tiles: tilesOn(side.dashboard, id) }));
        const rows = Math.max(2, ...sides.flatMap(({ tiles }) => tiles.map(({ place }) => place.y + place.h)));
        return (
          <div key={id ?? ""} class="version-diff" role="group" aria-label={name ? `The tab ${name}` : "The dashboard"}>
            {name && <h3>{name}</h3>}
            {sides.map((side) => (
              <figure key={side.name}>
                <BoardPicture placements={side.tiles} rows={rows} marks={changes} />
                <figcaption>{side.name}</figcaption>
              </figure>
            ))}
          </div>
        );
      })}
      <Counts changes={changes} />
      <ul class="versions__changes">{words.map((one, index) => <li key={index}>{one}</li>)}</ul>
    </>
  );
}

/** How many tiles differ, and how: the key to the drawings' colours. */
function Counts({ changes }: { changes: ReadonlyMap<string, TileChange> }) {
  const kinds = (["changed", "moved", "added", "removed"] as const)
    .map((kind) => [kind, [...changes.values()].filter((one) => one === kind).length] as const)
    .filter(([, count]) => count > 0);
  if (kinds.length === 0) return null;
  return (
    <p class="version-diff__counts">
      {kinds.map(([kind, count]) => (
        <span key={kind} class="version-diff__count">
          <svg class={`board__mark--${kind}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
            <rect class="board__tile" x="1" y="1" width="12" height="12" rx="3" />
          </svg>
          {count} {count === 1 ? "tile" : "tiles"} {kind}
        </span>
      ))}
    </p>
  );
}

/** The tabs with tiles that differ; the first where none has any. */
function tabsToDraw(
  before: Dashboard,
  after: Dashboard,
  changes: ReadonlyMap<string, TileChange>,
): { id?: string; name?: string }[] {
  const tabs = new Map([...after.tabs ?? [], ...before.tabs ?? []].map((tab) => [tab.id, tab]));
  if (tabs.size === 0) return [{}];
  const differing = [...tabs.values()].filter(({ id }) =>
    [before, after].some((side) => tilesOn(side, id).some((tile) => changes.has(tile.id)))
  );
  return differing.length > 0 ? differing : [openTab(after) ?? openTab(before)!];
}

/** The tiles on a tab; none where the document has no such tab, all of them where it has no tabs and none is asked for. */
function tilesOn(dashboard: Dashboard, tab: string | undefined): Dashboard["placements"] {
  if (tab === undefined) return dashboard.placements;
  const { tabs = [] } = dashboard;
  // A page without tabs is compared with the first tab, onto which its tiles go.
  if (tabs.length === 0) return dashboard.placements.filter((tile) => tile.tab === undefined || tile.tab === tab);
  return tabs.some(({ id }) => id === tab) ? placementsOn(dashboard, tab) : [];
}

function lower(words: string): string {
  return words[0]!.toLowerCase() + words.slice(1);
}
