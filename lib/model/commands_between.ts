/** The commands that make one dashboard of another: what restores a version, merges two editors and lists a change. */
import type { Dashboard, PhonePlace, Placement } from "./dashboard.ts";
import { applyCommand, type DashboardCommand } from "./dashboard_commands.ts";
import { fieldsBetween } from "./fields_between.ts";
import { sameJson } from "./same_json.ts";
import { tabCommandsBetween } from "./tab_commands_between.ts";

/** Commands after which `before` equals `after`; the id and what the server writes are left alone. */
export function commandsBetween(before: Dashboard, after: Dashboard): DashboardCommand[] {
  const commands: DashboardCommand[] = [];
  const known = new Map(before.placements.map((placement) => [placement.id, placement]));
  const wanted = new Map(after.placements.map((placement) => [placement.id, placement]));
  const own = fieldsBetween(before, after, ["id", "placements", "tabs", "saved", "version"]);
  if (own) commands.push({ type: "set", ...own });
  commands.push(...tabCommandsBetween(before, after));
  const removed = before.placements.filter(({ id }) => !wanted.has(id)).map(({ id }) => id);
  if (removed.length > 0) commands.push({ type: "remove", ids: removed });
  const at = after.placements.flatMap(({ id }, index) => known.has(id) ? [] : [index]);
  if (at.length > 0) commands.push({ type: "add", placements: at.map((index) => after.placements[index]!), at });
  const places: [string, Placement["place"]][] = [];
  const phones: [string, PhonePlace | null][] = [];
  for (const [id, placement] of wanted) {
    const old = known.get(id);
    if (!old) continue;
    if (!sameJson(old.place, placement.place)) places.push([id, placement.place]);
    if (!sameJson(old.phone, placement.phone)) phones.push([id, placement.phone ?? null]);
    const fields = fieldsBetween(old, placement, ["id", "place", "phone", "options"]);
    if (fields) commands.push({ type: "change", id, part: "placement", ...fields });
    const options = fieldsBetween(old.options, placement.options, []);
    if (options) commands.push({ type: "change", id, part: "options", ...options });
  }
  if (places.length > 0) commands.push({ type: "move", places: Object.fromEntries(places) });
  if (phones.length > 0) commands.push({ type: "phone", phones: Object.fromEntries(phones) });
  const ids = after.placements.map(({ id }) => id);
  const reached = commands.reduce((doc, command) => applyCommand(doc, command).dashboard, before);
  if (!sameJson(reached.placements.map(({ id }) => id), ids)) commands.push({ type: "order", ids });
  return commands;
}
