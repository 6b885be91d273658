/** The keys of the editor. Inside a field they are the field's. */
import type { EditorSession } from "./editor_session.ts";
import { hideOnPhone, resizeOnPhone, stepOnPhone } from "./phone_actions.ts";
import { copyChosen, duplicateChosen, nudge, paste, removeChosen } from "./tile_actions.ts";

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Answers what to do with a key: a listener for the window. */
export function editorKeys(session: EditorSession): (event: KeyboardEvent) => void {
  return (event) => {
    const target = event.target as HTMLElement;
    const field = target.matches?.("input, textarea, select, [contenteditable]");
    const action = event.ctrlKey || event.metaKey ? commandKey(session, event) : plainKey(session, event, target);
    if (!action || (field && !isUndo(event)) || (field && isTyping(target))) return;
    event.preventDefault();
    action();
  };
}

function isUndo(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key);
}

/** Fields where letters are typed take back their own letters, as everywhere. */
export function isTyping(target: Element): boolean {
  return target.matches("textarea, input:not([type=checkbox], [type=radio])");
}

/** Letters typed one after another are one step; every other choice is a step of its own. */
export function isTypingNow(): boolean {
  return document.activeElement !== null && isTyping(document.activeElement);
}

function commandKey(session: EditorSession, event: KeyboardEvent): (() => void) | null {
  switch (event.key.toLowerCase()) {
    case "z":
      return () => event.shiftKey ? session.redo() : session.undo();
    case "y":
      return () => session.redo();
    case "d":
      return () => {
        duplicateChosen(session);
        focusFirstChosen(session);
      };
    case "c":
      // Marked text is copied as text.
      return session.selected.value.size > 0 && !String(getSelection()) ? () => copyChosen(session) : null;
    case "v":
      return () => {
        paste(session);
        focusFirstChosen(session);
      };
    case "a":
      return () => session.select(session.here.map(({ id }) => id));
    default:
      return null;
  }
}

function plainKey(session: EditorSession, event: KeyboardEvent, target: HTMLElement): (() => void) | null {
  const tile = target.closest?.(".edit-tile") ?? null;
  const id = tile?.id.replace(/^edit-/, "");
  const arrow = ARROWS[event.key];
  // With the mouse tiles are selected without any of them having the focus: arrows are theirs all the same.
  const held = id ?? (target === document.body ? [...session.selected.value][0] : undefined);
  if (arrow && held) {
    return () => {
      if (!session.selected.value.has(held)) session.select([held]);
      const [x, y] = arrow;
      if (!session.phone.value) return nudge(session, event.shiftKey ? { w: x, h: y } : { x, y });
      if (event.shiftKey) resizeOnPhone(session, { w: x, h: y });
      else stepOnPhone(session, x + y < 0 ? -1 : 1);
    };
  }
  if (event.key === " " && id && target === tile) return () => session.toggle(id);
  if (event.key === "Enter" && id && target === tile) {
    return () => {
      const many = session.selected.value.size > 1 && session.selected.value.has(id);
      if (!many) session.select([id]);
      requestAnimationFrame(() => document.getElementById(many ? "many-tiles" : "tile-title")?.focus());
    };
  }
  if ((event.key === "Delete" || event.key === "Backspace") && session.selected.value.size > 0) {
    // On the phone's layout a tile goes from phones only.
    return () => {
      focusBesideChosen();
      if (session.phone.value) hideOnPhone(session, session.selected.value, true);
      else removeChosen(session);
    };
  }
  return event.key === "Escape" && session.selected.value.size > 0 ? () => session.select([]) : null;
}

/** What was added has the focus: the next arrow moves it, and not what it was copied from. */
function focusFirstChosen(session: EditorSession): void {
  const [id] = session.selected.value;
  requestAnimationFrame(() => document.getElementById(`edit-${id}`)?.focus());
}

/** Where the tile that has the focus is about to go, its neighbour gets it: whoever has no mouse goes on from there. */
function focusBesideChosen(): void {
  const tiles = [...document.querySelectorAll<HTMLElement>(".edit-tile")];
  const at = tiles.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const stays = (tile: HTMLElement) => tile.dataset.chosen !== "true";
  const next = tiles.slice(at).find(stays) ?? tiles.slice(0, at).findLast(stays);
  requestAnimationFrame(() => next?.focus());
}
