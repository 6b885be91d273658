/** What was done to a dashboard since it was opened: undo and redo without an end, and a draft that can be kept. Pure. */
import type { Dashboard } from "./dashboard.ts";
import { applyCommand, type DashboardCommand } from "./dashboard_commands.ts";

/** A command with what takes it back. */
interface Step {
  command: DashboardCommand;
  inverse: DashboardCommand;
}

/** A dashboard with everything that was done to it. */
export interface CommandLog {
  readonly base: Dashboard;
  readonly now: Dashboard;
  readonly done: readonly Step[];
  /** Taken back, the last one first in line for redo. */
  readonly undone: readonly DashboardCommand[];
}

/** A log as JSON. */
export interface StoredLog {
  base: Dashboard;
  done: DashboardCommand[];
  undone: DashboardCommand[];
}

/** A log in which nothing was done yet. */
export function startLog(base: Dashboard): CommandLog {
  return { base, now: base, done: [], undone: [] };
}

/**
 * Does one more thing. `join`: as one step with the one before where both set the same single field, so that typing a
 * word is one step. Throws `CommandError` where the command does not fit.
 */
export function doCommand(log: CommandLog, command: DashboardCommand, { join = false } = {}): CommandLog {
  const last = log.done.at(-1);
  if (join && last && log.undone.length === 0 && sameField(last.command, command)) {
    const before = applyCommand(log.now, last.inverse).dashboard;
    const { dashboard, inverse } = applyCommand(before, command);
    return { ...log, now: dashboard, done: [...log.done.slice(0, -1), { command, inverse }] };
  }
  const { dashboard, inverse } = applyCommand(log.now, command);
  return { ...log, now: dashboard, done: [...log.done, { command, inverse }], undone: [] };
}

/** Takes the last step back; the same log where there is none. */
export function undo(log: CommandLog): CommandLog {
  const last = log.done.at(-1);
  if (!last) return log;
  return {
    ...log,
    now: applyCommand(log.now, last.inverse).dashboard,
    done: log.done.slice(0, -1),
    undone: [...log.undone, last.command],
  };
}

/** Does again what was taken back last; the same log where there is nothing. */
export function redo(log: CommandLog): CommandLog {
  const command = log.undone.at(-1);
  if (!command) return log;
  const { dashboard, inverse } = applyCommand(log.now, command);
  return { ...log, now: dashboard, done: [...log.done, { command, inverse }], undone: log.undone.slice(0, -1) };
}

/** The log as JSON. */
export function storeLog({ base, done, undone }: CommandLog): StoredLog {
  return { base, done: done.map(({ command }) => command), undone: [...undone] };
}

/** The log again. Throws `CommandError` where the commands do not fit their base. */
export function readLog({ base, done, undone }: StoredLog): CommandLog {
  return { ...done.reduce((log, command) => doCommand(log, command), startLog(base)), undone };
}

function sameField(a: DashboardCommand, b: DashboardCommand): boolean {
  return target(a) !== null && target(a) === target(b);
}

function target(command: DashboardCommand): string | null {
  if (command.type !== "set" && command.type !== "change" && command.type !== "change-tab") return null;
  const fields = [...Object.keys(command.set), ...command.unset];
  if (fields.length !== 1) return null;
  const owner = command.type === "set" ? [] : [command.id, command.type === "change" ? command.part : "tab"];
  return JSON.stringify([...owner, ...fields]);
}
