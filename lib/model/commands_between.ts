/** The commands that make one dashboard of another: what restores a version, merges two editors and lists a change. */
import type { Dashboard, Placement } from "./dashboard.ts";
import { applyCommand, type DashboardCommand, type FieldChange } from "./dashboard_commands.ts";
import { sameJson } from "./same_json.ts";

/** Commands after which `before` equals `after`; the id and what the server writes are left alone. */
export function commandsBetween(before: Dashboard, after: Dashboard): DashboardCommand[] {
  const commands: DashboardCommand[] = [];
  const known = new Map(before.placements.map((placement) => [placement.id, placement]));
  const wanted = new Map(after.placements.map((placement) => [placement.id, placement]));
  const own = fieldsBetween(before, after, ["id", "placements", "saved", "version"]);
  if (own) commands.push({ type: "set", ...own });
  const removed = before.placements.filter(({ id }) => !wanted.has(id)).map(({ id }) => id);
  if (removed.length > 0) commands.push({ type: "remove", ids: removed });
  const at = after.placements.flatMap(({ id }, index) => known.has(id) ? [] : [index]);
  if (at.length > 0) commands.push({ type: "add", placements: at.map((index) => after.placements[index]!), at });
  const places: [string, Placement["place"]][] = [];
  for (const [id, placement] of wanted) {
    const old = known.get(id);
    if (!old) continue;
    if (!sameJson(old.place, placement.place)) places.push([id, placement.place]);
    const fields = fieldsBetween(old, placement, ["id", "place", "options"]);
    if (fields) commands.push({ type: "change", id, part: "placement", ...fields });
    const options = fieldsBetween(old.options, placement.options, []);
    if (options) commands.push({ type: "change", id, part: "options", ...options });
  }
  if (places.length > 0) commands.push({ type: "move", places: Object.fromEntries(places) });
  const ids = after.placements.map(({ id }) => id);
  const reached = commands.reduce((doc, command) => applyCommand(doc, command).dashboard, before);
  if (!sameJson(reached.placements.map(({ id }) => id), ids)) commands.push({ type: "order", ids });
  return commands;
}

/**
 * Puts one editor's work on top of another's: what `mine` changed since `base`, done to `theirs`. Where both changed the
 * same field mine stands; a tile that they removed and I changed comes back as I have it.
 */
export function mergeCommands(base: Dashboard, mine: Dashboard, theirs: Dashboard): DashboardCommand[] {
  const theirIds = new Set(theirs.placements.map(({ id }) => id));
  const back = new Map<string, Placement>();
  const missing = (id: string) => {
    const placement = mine.placements.find((other) => other.id === id);
    if (!theirIds.has(id) && placement) back.set(id, placement);
    return !theirIds.has(id);
  };
  const kept: DashboardCommand[] = [];
  for (const command of commandsBetween(base, mine)) {
    if (command.type === "remove") {
      const ids = command.ids.filter((id) => theirIds.has(id));
      if (ids.length > 0) kept.push({ type: "remove", ids });
    } else if (command.type === "add") {
      const placements = command.placements.filter(({ id }) => !theirIds.has(id));
      if (placements.length > 0) kept.push({ type: "add", placements });
    } else if (command.type === "move") {
      const places = Object.entries(command.places).filter(([id]) => !missing(id));
      if (places.length > 0) kept.push({ type: "move", places: Object.fromEntries(places) });
    } else if (command.type === "change") {
      if (!missing(command.id)) kept.push(command);
    } else if (command.type !== "order") {
      kept.push(command);
    }
  }
  return back.size > 0 ? [...kept, { type: "add", placements: [...back.values()] }] : kept;
}

function fieldsBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  without: string[],
): FieldChange | null {
  const has = (object: Record<string, unknown>, name: string) =>
    Object.hasOwn(object, name) && object[name] !== undefined;
  const names = new Set([...Object.keys(before), ...Object.keys(after)].filter((name) => !without.includes(name)));
  const set: [string, unknown][] = [];
  const unset: string[] = [];
  for (const name of names) {
    if (!has(after, name)) {
      if (has(before, name)) unset.push(name);
    } else if (!has(before, name) || !sameJson(before[name], after[name])) set.push([name, after[name]]);
  }
  return set.length + unset.length > 0 ? { set: Object.fromEntries(set), unset } : null;
}
