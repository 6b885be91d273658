/** The way into the editor. Its state is read here alone: the tiles are not drawn again because a button is busy. */
import type { Signal } from "@preact/signals";
import { Notice } from "@/components/Notice.tsx";

/** How opening the editor stands. */
export type Opening = { at: "idle" } | { at: "busy" } | { at: "failed"; problem: string };

/** The editor's code: asked for as soon as somebody is about to need it. */
export function editorCode() {
  return import("@/components/editor/Editor.tsx");
}

/** Begins to edit. */
export function EditButton({ opening, onEdit }: { opening: Signal<Opening>; onEdit(): void }) {
  return (
    <button
      type="button"
      class="button"
      aria-disabled={opening.value.at === "busy"}
      onClick={onEdit}
      onPointerEnter={() => void editorCode()}
    >
      Edit
    </button>
  );
}

/** Why editing did not begin. */
export function NotOpened({ opening: { value } }: { opening: Signal<Opening> }) {
  return value.at === "failed" ? <Notice tone="bad" title={`Editing could not begin: ${value.problem}`} /> : null;
}
