/** The keys of the editor. Inside a field they are the field's. */
import type { EditorSession } from "./editor_session.ts";
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

function commandKey(session: EditorSession, event: KeyboardEvent): (() => void) | null {
  switch (event.key.toLowerCase()) {
    case "z":
      return () => event.shiftKey ? session.redo() : session.undo();
    case "y":
      return () => session.redo();
    case "d":
      return () => duplicateChosen(session);
    case "c":
      // Marked text is copied as text.
      return session.selected.value.size > 0 && !String(getSelection()) ? () => copyChosen(session) : null;
    case "v":
      return () => paste(session);
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
  if (arrow && id) {
    return () => {
      if (!session.selected.value.has(id)) session.select([id]);
      const [x, y] = arrow;
      nudge(session, event.shiftKey ? { w: x, h: y } : { x, y });
    };
  }
  if ((event.key === "Enter" || event.key === " ") && id && target === tile) {
    return () => {
      session.select(event.shiftKey ? [...session.selected.value, id] : [id]);
      if (event.key === "Enter") requestAnimationFrame(() => document.getElementById("tile-title")?.focus());
    };
  }
  if ((event.key === "Delete" || event.key === "Backspace") && session.selected.value.size > 0) {
    return () => removeChosen(session);
  }
  return event.key === "Escape" && session.selected.value.size > 0 ? () => session.select([]) : null;
}
