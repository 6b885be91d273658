/** The bar of the editor: draft state and undo count always in sight, and the one action of the page. */
import { Icon } from "@/components/Icon.tsx";
import type { EditorSession } from "./editor_session.ts";

/** What the bar needs. */
export interface EditBarProps {
  session: EditorSession;
  /** How many others edit it at this moment. */
  others: number;
  onVersions(): void;
  onClose(): void;
}

/** The bar. */
export function EditBar({ session, others, onVersions, onClose }: EditBarProps) {
  const { log, version, saved } = session.draft.value;
  const changed = session.changed;
  const busy = session.publishing.value.at === "busy";
  const state = !changed
    ? `Published · v${version}`
    : session.keeps.value
    ? `Draft saved · v${version}`
    : `Draft not kept · v${version}`;
  const undone = log.undone.length;
  return (
    <div class="edit-bar" role="toolbar" aria-label="Editing">
      <strong>Editing</strong>
      <span class="edit-bar__state">
        <span class={changed ? "dot dot--warn" : "dot dot--good"} aria-hidden="true" />
        {state}
      </span>
      {others > 0 && (
        <span class="chip chip--info" role="status">
          {others === 1 ? "Somebody else is editing too" : `${others} others are editing too`}
        </span>
      )}
      <span class="edit-bar__actions">
        <button
          type="button"
          class="button button--quiet"
          aria-label={`Undo, ${log.done.length} steps`}
          aria-disabled={log.done.length === 0}
          onClick={() => session.undo()}
        >
          <Icon name="undo" />
          <span>{log.done.length}</span>
        </button>
        <button
          type="button"
          class="button button--quiet"
          aria-label={`Redo, ${undone} steps`}
          aria-disabled={undone === 0}
          onClick={() => session.redo()}
        >
          <Icon name="redo" />
          {undone > 0 && <span>{undone}</span>}
        </button>
        <button type="button" class="button" onClick={onVersions}>Versions</button>
        <button
          type="button"
          class="button"
          aria-disabled={!changed}
          onClick={() => session.become(saved, "Draft discarded")}
        >
          Discard
        </button>
        <button type="button" class="button" onClick={onClose}>Close</button>
        <details class="edit-bar__note">
          <summary class="button button--quiet">{session.note.value.trim() ? "Note added" : "Note"}</summary>
          <div class="edit-bar__popover">
            <label class="field__label" for="publish-note">What changed, and why</label>
            <textarea
              id="publish-note"
              class="input form__text"
              rows={3}
              maxLength={500}
              value={session.note.value}
              onInput={(event) => session.note.value = event.currentTarget.value}
            />
            <p class="quiet">It stands beside the version that you publish.</p>
          </div>
        </details>
        <button
          type="button"
          class="button button--primary"
          aria-disabled={!changed || busy}
          onClick={() => changed && !busy && void session.publish()}
        >
          {busy ? "Publishing …" : "Publish"}
        </button>
      </span>
    </div>
  );
}
