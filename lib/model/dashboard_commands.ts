/**
 * What an editor does to a dashboard, as data: each command answers the changed document and the command that takes it
 * back exactly. Pure, and free of zod, so that the page can carry it; the server checks what is saved.
 */
import { changeFields, CommandError, type FieldChange } from "./change_fields.ts";
import type { Dashboard, PhonePlace, Placement } from "./dashboard.ts";
import { type MetricCommand, otherWay } from "./metric_commands.ts";
import { applyTabCommand, type TabCommand } from "./tab_commands.ts";

export { CommandError, type FieldChange } from "./change_fields.ts";

/** One thing that an editor does. */
export type DashboardCommand =
  /** Fields of the dashboard itself: its title, filters, defaults. */
  | { type: "set" } & FieldChange
  /** `at`: the places in the list they get; at its end where left out. */
  | { type: "add"; placements: Placement[]; at?: number[] }
  | { type: "remove"; ids: string[] }
  | { type: "move"; places: Record<string, Placement["place"]> }
  /** How tiles stand on a phone; null: as derived. */
  | { type: "phone"; phones: Record<string, PhonePlace | null> }
  /** Fields of a placement, or of its widget's options. */
  | { type: "change"; id: string; part: "placement" | "options" } & FieldChange
  /** The list in another order: every id once. */
  | { type: "order"; ids: string[] }
  | TabCommand
  | MetricCommand
  /** Several as one, under words of their own. */
  | { type: "batch"; words: string; commands: DashboardCommand[] };

/** Fields that commands never touch: the id stays, placements and tabs have commands of their own, the server writes the rest. */
const KEPT = new Set(["id", "placements", "tabs", "saved", "version"]);

/** Fields of a placement that have commands of their own. */
const OWN_COMMANDS = new Set(["id", "place", "phone", "options"]);

/** The changed dashboard, and what takes the change back. Throws `CommandError` where the command does not fit. */
export function applyCommand(
  dashboard: Dashboard,
  command: DashboardCommand,
): { dashboard: Dashboard; inverse: DashboardCommand } {
  switch (command.type) {
    case "set":
      return setFields(dashboard, command);
    case "add":
      return add(dashboard, command.placements, command.at);
    case "remove":
      return remove(dashboard, command.ids);
    case "move":
      return move(dashboard, command.places);
    case "phone":
      return phone(dashboard, command.phones);
    case "change":
      return change(dashboard, command);
    case "order":
      return order(dashboard, command.ids);
    case "metric":
      return { dashboard, inverse: otherWay(command) };
    case "batch":
      return batch(dashboard, command);
    case "add-tab":
    case "remove-tab":
    case "change-tab":
    case "order-tabs":
      return applyTabCommand(dashboard, command);
    default:
      throw new CommandError(`Cannot do "${(command as { type: string }).type}" to a dashboard: no such command`);
  }
}

type Applied = ReturnType<typeof applyCommand>;

function setFields(dashboard: Dashboard, { set, unset }: FieldChange): Applied {
  const kept = [...Object.keys(set), ...unset].find((field) => KEPT.has(field));
  if (kept) throw new CommandError(`Cannot set the field "${kept}" of a dashboard: it is not the editor's`);
  const { after, inverse } = changeFields(dashboard, { set, unset });
  return { dashboard: after as Dashboard, inverse: { type: "set", ...inverse } };
}

function add(dashboard: Dashboard, placements: Placement[], at?: number[]): Applied {
  const taken = new Set(dashboard.placements.map(({ id }) => id));
  const list = [...dashboard.placements];
  placements.forEach((placement, index) => {
    if (taken.has(placement.id)) throw new CommandError(`Cannot add "${placement.id}": it is on the dashboard already`);
    taken.add(placement.id);
    list.splice(at?.[index] ?? list.length, 0, placement);
  });
  return {
    dashboard: { ...dashboard, placements: list },
    inverse: { type: "remove", ids: placements.map(({ id }) => id) },
  };
}

function remove(dashboard: Dashboard, ids: string[]): Applied {
  for (const id of ids) placementOf(dashboard, id);
  const gone = new Set(ids);
  const at = dashboard.placements.flatMap(({ id }, index) => gone.has(id) ? [index] : []);
  return {
    dashboard: { ...dashboard, placements: dashboard.placements.filter(({ id }) => !gone.has(id)) },
    // Put back from the front, each finds the place in the list that it had.
    inverse: { type: "add", placements: at.map((index) => dashboard.placements[index]!), at },
  };
}

function move(dashboard: Dashboard, places: Record<string, Placement["place"]>): Applied {
  const before = Object.fromEntries(Object.keys(places).map((id) => [id, placementOf(dashboard, id).place]));
  const placements = dashboard.placements.map((placement) =>
    Object.hasOwn(places, placement.id) ? { ...placement, place: places[placement.id]! } : placement
  );
  return { dashboard: { ...dashboard, placements }, inverse: { type: "move", places: before } };
}

function phone(dashboard: Dashboard, phones: Record<string, PhonePlace | null>): Applied {
  const before = Object.fromEntries(
    Object.keys(phones).map((id) => [id, placementOf(dashboard, id).phone ?? null]),
  );
  const placements = dashboard.placements.map((placement) => {
    if (!Object.hasOwn(phones, placement.id)) return placement;
    const { phone: _phone, ...rest } = placement;
    const next = phones[placement.id];
    return (next ? { ...rest, phone: next } : rest) as Placement;
  });
  return { dashboard: { ...dashboard, placements }, inverse: { type: "phone", phones: before } };
}

function change(dashboard: Dashboard, command: DashboardCommand & { type: "change" }): Applied {
  const { id, part } = command;
  const placement = placementOf(dashboard, id);
  const forbidden = part === "placement" && [...Object.keys(command.set), ...command.unset]
    .find((field) => OWN_COMMANDS.has(field));
  if (forbidden) {
    throw new CommandError(`Cannot change the field "${forbidden}" of "${id}": it has a command of its own`);
  }
  const { after, inverse } = changeFields(part === "options" ? placement.options : placement, command);
  const changed = part === "options" ? { ...placement, options: after } : after as Placement;
  return {
    dashboard: {
      ...dashboard,
      placements: dashboard.placements.map((other) => other === placement ? changed : other),
    },
    inverse: { type: "change", id, part, ...inverse },
  };
}

function order(dashboard: Dashboard, ids: string[]): Applied {
  const before = dashboard.placements.map(({ id }) => id);
  if (ids.length !== before.length || new Set(ids).size !== ids.length) {
    throw new CommandError("Cannot order the tiles: name each of them once");
  }
  return {
    dashboard: { ...dashboard, placements: ids.map((id) => placementOf(dashboard, id)) },
    inverse: { type: "order", ids: before },
  };
}

function batch(dashboard: Dashboard, { words, commands }: DashboardCommand & { type: "batch" }): Applied {
  const inverses: DashboardCommand[] = [];
  for (const command of commands) {
    const applied = applyCommand(dashboard, command);
    dashboard = applied.dashboard;
    inverses.unshift(applied.inverse);
  }
  return { dashboard, inverse: { type: "batch", words, commands: inverses } };
}

function placementOf(dashboard: Dashboard, id: string): Placement {
  const placement = dashboard.placements.find((other) => other.id === id);
  if (!placement) throw new CommandError(`Cannot change the tile "${id}": it is not on the dashboard`);
  return placement;
}
