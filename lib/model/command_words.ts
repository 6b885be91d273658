/** Commands in words, as a reader of a list of changes wants them. Pure. */
import type { Dashboard, PhonePlace } from "./dashboard.ts";
import type { DashboardCommand } from "./dashboard_commands.ts";
import type { TabCommand } from "./tab_commands.ts";

/**
 * What a command does, one line for each thing. `before`: the dashboard it is done to; `after` names what it does not
 * hold yet, such as a tab that another command of the same list adds.
 */
export function commandWords(command: DashboardCommand, before: Dashboard, after: Dashboard = before): string[] {
  const name = (id: string) => {
    const placement = before.placements.find((other) => other.id === id);
    return quoted(placement?.title || placement?.widget || id);
  };
  const tabName = (id: unknown) => {
    const tab = [...before.tabs ?? [], ...after.tabs ?? []].find((other) => other.id === id);
    return tab ? `the tab ${quoted(tab.name)}` : "the first tab";
  };
  switch (command.type) {
    case "set":
      return fieldWords(command, before);
    case "add":
      return command.placements.map(({ title, widget }) => `Added ${quoted(title || widget)}`);
    case "remove":
      return command.ids.map((id) => `Removed ${name(id)}`);
    case "move":
      return Object.entries(command.places).map(([id, place]) => {
        const old = before.placements.find((other) => other.id === id)?.place;
        const resized = old && (old.w !== place.w || old.h !== place.h);
        return resized ? `Resized ${name(id)} to ${place.w} × ${place.h}` : `Moved ${name(id)}`;
      });
    case "phone": {
      const told = Object.entries(command.phones).flatMap(([id, phone]) => {
        const old = before.placements.find((other) => other.id === id)?.phone;
        return phoneWords(old ?? {}, phone ?? {}).map((words) => ({ words, line: `${name(id)}: ${words}` }));
      });
      // One that is moved renumbers the others: that is one thing, and not one for each of them.
      const moved = told.filter(({ words }) => words === MOVED_ON_PHONES);
      if (moved.length < 2) return told.map(({ line }) => line);
      return [
        "Changed the order of the tiles on phones",
        ...told.filter((one) => !moved.includes(one)).map(({ line }) => line),
      ];
    }
    case "change": {
      const placement = before.placements.find((other) => other.id === command.id);
      if (command.part === "placement" && ("tab" in command.set || command.unset.includes("tab"))) {
        const { tab, ...set } = command.set;
        const rest = { ...command, set, unset: command.unset.filter((field) => field !== "tab") };
        return [`Moved ${name(command.id)} to ${tabName(tab)}`, ...commandWords(rest, before, after)];
      }
      const fields = command.part === "options" ? placement?.options : placement;
      return fieldWords(command, fields ?? {}).map((words) => `${name(command.id)}: ${words}`);
    }
    case "order":
      return ["Changed the order of the tiles"];
    case "metric": {
      const { act, dataset, metric } = command;
      const words = quoted(metric.title || metric.name);
      return [act === "save" ? `Saved the metric ${words} to ${dataset}` : `Took the metric ${words} back`];
    }
    case "batch":
      return [command.words];
    default:
      return tabWords(command, before, tabName);
  }
}

function tabWords(command: TabCommand, before: Dashboard, tabName: (id: unknown) => string): string[] {
  switch (command.type) {
    case "add-tab":
      return [`Added the tab ${quoted(command.tab.name)}`];
    case "remove-tab":
      return [`Removed ${tabName(command.id)}`];
    case "change-tab": {
      const tab = before.tabs?.find(({ id }) => id === command.id);
      return fieldWords(command, tab ?? {}).map((words) => `Tab ${quoted(tab?.name ?? command.id)}: ${words}`);
    }
    case "order-tabs":
      return ["Changed the order of the tabs"];
  }
}

const MOVED_ON_PHONES = "moved on phones";

function phoneWords(old: PhonePlace, now: PhonePlace): string[] {
  const words: string[] = [];
  if ((old.hidden ?? false) !== (now.hidden ?? false)) words.push(now.hidden ? "hidden on phones" : "shown on phones");
  if (old.h !== now.h) words.push(now.h ? `${now.h} rows high on phones` : "its usual height on phones");
  if (old.w !== now.w) {
    words.push(now.w === 2 ? "whole width on phones" : now.w ? "half width on phones" : "its usual width on phones");
  }
  if (old.order !== now.order) words.push(MOVED_ON_PHONES);
  return words;
}

function fieldWords(
  { set, unset }: { set: Record<string, unknown>; unset: string[] },
  before: Record<string, unknown>,
): string[] {
  return [
    ...Object.entries(set).map(([field, value]) => {
      const old = before[field];
      if (isGroup(value)) return `${spaced(field)} ${old === undefined ? "set" : "changed"}`;
      return old === undefined || old === ""
        ? `${spaced(field)} set to ${shown(value)}`
        : `${spaced(field)} changed from ${shown(old)} to ${shown(value)}`;
    }),
    // Taking away what is not there changes nothing, and is not told.
    ...unset.filter((field) => before[field] !== undefined).map((field) =>
      isGroup(before[field]) ? `${spaced(field)} taken away` : `${spaced(field)} ${shown(before[field])} taken away`
    ),
  ];
}

/** Filters and their like: too much for a line. */
function isGroup(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === "") return "nothing";
  if (typeof value === "boolean") return value ? "on" : "off";
  const text = typeof value === "string"
    ? value
    : Array.isArray(value) && value.every((one) => typeof one === "string")
    ? value.join(", ")
    : JSON.stringify(value);
  return quoted(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function spaced(field: string): string {
  return field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

function quoted(text: string): string {
  return `“${text}”`;
}
