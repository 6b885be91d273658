/** The form at the side while several tiles are selected: what can be done to all of them at once. */
import type { ComponentChildren } from "preact";
import type { EditorSession } from "./editor_session.ts";
import { PhoneSteps } from "./PhoneFields.tsx";
import { hideOnPhone } from "./phone_actions.ts";
import { TabChoice } from "./TabChoice.tsx";
import { align, copyChosen, duplicateChosen, removeChosen } from "./tile_actions.ts";

/** The panel. */
export function ManyPanel({ session }: { session: EditorSession }) {
  const chosen = session.chosen;
  const button = (words: string, act: () => void, enabled = true) => (
    <button
      type="button"
      class="button button--small"
      aria-disabled={!enabled}
      onClick={() => enabled && act()}
    >
      {words}
    </button>
  );
  return (
    <div class="edit-panel__form" id="many-tiles" tabIndex={-1}>
      <div>
        <h2>{chosen.length} tiles</h2>
        <p class="quiet">Dragging one, or an arrow key, moves all of them; each is one step back.</p>
      </div>
      {session.phone.value
        ? (
          <>
            <PhoneSteps session={session} />
            <div class="edit-panel__buttons">
              {button("Hide on phones", () => hideOnPhone(session, session.selected.value, true))}
            </div>
          </>
        )
        : (
          <>
            <Group title="Line up">
              {button("Left", () => align(session, "left"))}
              {button("Right", () => align(session, "right"))}
              {button("Top", () => align(session, "top"))}
              {button("Bottom", () => align(session, "bottom"))}
            </Group>
            <Group title="Space evenly">
              {button("Across", () => align(session, "across"), chosen.length > 2)}
              {button("Down", () => align(session, "down"), chosen.length > 2)}
            </Group>
            <Group title="Size">{button("As large as the first", () => align(session, "size"))}</Group>
          </>
        )}
      <TabChoice session={session} />
      <div class="edit-panel__buttons">
        {button("Duplicate", () => duplicateChosen(session))}
        {button("Copy", () => copyChosen(session))}
        {button("Remove", () => removeChosen(session))}
      </div>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="edit-panel__group">
      <legend class="field__label">{title}</legend>
      <div class="edit-panel__buttons">{children}</div>
    </fieldset>
  );
}
