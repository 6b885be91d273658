/** Commands in words, as a reader of a list of changes wants them. Pure. */
import type { Dashboard } from "./dashboard.ts";
import type { DashboardCommand } from "./dashboard_commands.ts";

/** What a command does, one line for each thing. `before`: the dashboard it is done to. */
export function commandWords(command: DashboardCommand, before: Dashboard): string[] {
  const name = (id: string) => {
    const placement = before.placements.find((other) => other.id === id);
    return quoted(placement?.title || placement?.widget || id);
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
    case "change": {
      const placement = before.placements.find((other) => other.id === command.id);
      const fields = command.part === "options" ? placement?.options : placement;
      return fieldWords(command, fields ?? {}).map((words) => `${name(command.id)}: ${words}`);
    }
    case "order":
      return ["Changed the order of the tiles"];
    case "batch":
      return [command.words];
  }
}

function fieldWords(
  { set, unset }: { set: Record<string, unknown>; unset: string[] },
  before: Record<string, unknown>,
): string[] {
  return [
    ...Object.entries(set).map(([field, value]) => {
      const old = before[field];
      return old === undefined || old === ""
        ? `${spaced(field)} set to ${shown(value)}`
        : `${spaced(field)} changed from ${shown(old)} to ${shown(value)}`;
    }),
    ...unset.map((field) => `${spaced(field)} ${shown(before[field])} taken away`),
  ];
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
