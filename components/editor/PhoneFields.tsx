/** The form's part about phones: how a tile stands there, and how a dashboard does. */
import { ChoiceField, NumberField, SwitchField } from "@/components/form/fields.tsx";
import type { Placement } from "@/lib/model/mod.ts";
import { phoneSize } from "@/lib/model/phone_layout.ts";
import { isSection } from "@/lib/model/sections.ts";
import type { EditorSession } from "./editor_session.ts";
import { deriveAll, deriveChosen, hideOnPhone, isAdjusted, sizeOnPhone, stepOnPhone } from "./phone_actions.ts";

/** How the selected tile stands on phones. */
export function PhoneFields({ session, placement }: { session: EditorSession; placement: Placement }) {
  const { id, phone = {} } = placement;
  const { w, h } = phoneSize(placement);
  const sized = phone.w !== undefined || phone.h !== undefined;
  return (
    <fieldset class="edit-panel__phone">
      <legend class="field__label">On phones</legend>
      <SwitchField
        id="phone-shown"
        label="Shown on phones"
        value={!phone.hidden}
        onChange={(shown) => hideOnPhone(session, [id], !shown)}
      />
      {!phone.hidden && !isSection(placement) && (
        <>
          <ChoiceField
            id="phone-width"
            label="Width on phones"
            value={String(w)}
            choices={[1, 2]}
            titles={{ 1: "Half", 2: "Whole" }}
            onReset={sized ? () => deriveChosen(session) : undefined}
            onChange={(value) => sizeOnPhone(session, { w: Number(value) })}
          />
          <NumberField
            id="phone-height"
            label="Height on phones"
            schema={{ type: "integer", minimum: 1, maximum: 40 }}
            required
            value={h}
            onChange={(value) => value !== undefined && sizeOnPhone(session, { h: value })}
          />
        </>
      )}
      {!phone.hidden && <PhoneSteps session={session} />}
    </fieldset>
  );
}

/** Moves the selected tiles on phones. */
export function PhoneSteps({ session }: { session: EditorSession }) {
  return (
    <div class="edit-panel__buttons">
      <button type="button" class="button button--small" onClick={() => stepOnPhone(session, -1)}>Move up</button>
      <button type="button" class="button button--small" onClick={() => stepOnPhone(session, 1)}>Move down</button>
    </div>
  );
}

/** What the dashboard's own form says about phones. */
export function PhoneBoard({ session }: { session: EditorSession }) {
  const adjusted = isAdjusted(session);
  return (
    <section class="edit-panel__form" aria-labelledby="phone-board">
      <h3 id="phone-board">Phone layout</h3>
      <p class="quiet">
        {adjusted
          ? "Adjusted by hand. What is changed here stays on phones; the desktop keeps its own places."
          : "Follows the desktop, in reading order. Move, resize or hide a tile here, and only phones change."}
      </p>
      {adjusted && (
        <div class="edit-panel__buttons">
          <button type="button" class="button button--small" onClick={() => deriveAll(session)}>
            Follow the desktop again
          </button>
        </div>
      )}
    </section>
  );
}

/** The tiles that phones do not show, each with the way back. */
export function HiddenOnPhones({ session }: { session: EditorSession }) {
  const hidden = session.here.filter(({ phone }) => phone?.hidden);
  if (hidden.length === 0) return null;
  return (
    <section class="phone-hidden" aria-labelledby="phone-hidden">
      <h2 id="phone-hidden">Not on phones</h2>
      <ul>
        {hidden.map(({ id, title, widget }) => (
          <li key={id}>
            <span>{title || widget}</span>
            <button
              type="button"
              class="button button--small"
              aria-label={`Show ${title || widget} on phones`}
              onClick={() => hideOnPhone(session, [id], false)}
            >
              Show
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
