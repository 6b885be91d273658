/**
 * What an editor does to the tabs of a dashboard, as data with exact inverses. Tiles are moved between tabs by changing
 * their field `tab`; a tab that goes takes no tiles along: they would stand on the first. Pure, and free of zod.
 */
import { changeFields, CommandError, type FieldChange } from "./change_fields.ts";
import type { Dashboard, Tab } from "./dashboard.ts";

/** One thing that an editor does to tabs. */
export type TabCommand =
  /** `at`: its place in the list; the last where left out. */
  | { type: "add-tab"; tab: Tab; at?: number }
  | { type: "remove-tab"; id: string }
  | { type: "change-tab"; id: string } & FieldChange
  /** Every id once. */
  | { type: "order-tabs"; ids: string[] };

type Applied = { dashboard: Dashboard; inverse: TabCommand };

/** The changed dashboard, and what takes the change back. Throws `CommandError` where the command does not fit. */
export function applyTabCommand(dashboard: Dashboard, command: TabCommand): Applied {
  switch (command.type) {
    case "add-tab":
      return addTab(dashboard, command.tab, command.at);
    case "remove-tab":
      return removeTab(dashboard, command.id);
    case "change-tab":
      return changeTab(dashboard, command);
    case "order-tabs":
      return orderTabs(dashboard, command.ids);
  }
}

function addTab(dashboard: Dashboard, tab: Tab, at?: number): Applied {
  const tabs = [...dashboard.tabs ?? []];
  if (tabs.some(({ id }) => id === tab.id)) {
    throw new CommandError(`Cannot add the tab "${tab.id}": it is on the dashboard already`);
  }
  tabs.splice(at ?? tabs.length, 0, tab);
  return { dashboard: { ...dashboard, tabs }, inverse: { type: "remove-tab", id: tab.id } };
}

function removeTab(dashboard: Dashboard, id: string): Applied {
  const tab = tabOf(dashboard, id);
  const { tabs = [], ...rest } = dashboard;
  const left = tabs.filter((other) => other !== tab);
  return {
    // A dashboard without tabs is one page, and says nothing of them.
    dashboard: (left.length > 0 ? { ...dashboard, tabs: left } : rest) as Dashboard,
    inverse: { type: "add-tab", tab, at: tabs.indexOf(tab) },
  };
}

function changeTab(dashboard: Dashboard, { id, set, unset }: TabCommand & { type: "change-tab" }): Applied {
  const tab = tabOf(dashboard, id);
  if ([...Object.keys(set), ...unset].includes("id")) {
    throw new CommandError(`Cannot change the field "id" of the tab "${id}": it stays`);
  }
  const { after, inverse } = changeFields(tab, { set, unset });
  return {
    dashboard: { ...dashboard, tabs: dashboard.tabs!.map((other) => other === tab ? after as Tab : other) },
    inverse: { type: "change-tab", id, ...inverse },
  };
}

function orderTabs(dashboard: Dashboard, ids: string[]): Applied {
  const before = (dashboard.tabs ?? []).map(({ id }) => id);
  if (before.length === 0 || ids.length !== before.length || new Set(ids).size !== ids.length) {
    throw new CommandError("Cannot order the tabs: name each of them once");
  }
  return {
    dashboard: { ...dashboard, tabs: ids.map((id) => tabOf(dashboard, id)) },
    inverse: { type: "order-tabs", ids: before },
  };
}

function tabOf(dashboard: Dashboard, id: string): Tab {
  const tab = dashboard.tabs?.find((other) => other.id === id);
  if (!tab) throw new CommandError(`Cannot change the tab "${id}": it is not on the dashboard`);
  return tab;
}
