/** The commands that make the tabs of one dashboard of those of another. Pure. */
import type { Dashboard } from "./dashboard.ts";
import { fieldsBetween } from "./fields_between.ts";
import { sameJson } from "./same_json.ts";
import { applyTabCommand, type TabCommand } from "./tab_commands.ts";

/** Commands after which the tabs of `before` equal those of `after`. */
export function tabCommandsBetween(before: Dashboard, after: Dashboard): TabCommand[] {
  const commands: TabCommand[] = [];
  const known = new Map((before.tabs ?? []).map((tab) => [tab.id, tab]));
  const wanted = after.tabs ?? [];
  const ids = wanted.map(({ id }) => id);
  for (const id of known.keys()) if (!ids.includes(id)) commands.push({ type: "remove-tab", id });
  wanted.forEach((tab, at) => {
    const old = known.get(tab.id);
    if (!old) return commands.push({ type: "add-tab", tab, at });
    const fields = fieldsBetween(old, tab, ["id"]);
    if (fields) commands.push({ type: "change-tab", id: tab.id, ...fields });
  });
  const reached = commands.reduce((doc, command) => applyTabCommand(doc, command).dashboard, before);
  if (!sameJson((reached.tabs ?? []).map(({ id }) => id), ids)) commands.push({ type: "order-tabs", ids });
  return commands;
}
