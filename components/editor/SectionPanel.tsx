/** The form at the side of a section: its title, whether it is closed at first, and its tiles. */
import { SwitchField, TextField } from "@/components/form/fields.tsx";
import type { Placement } from "@/lib/model/mod.ts";
import { sectionGroups } from "@/lib/model/sections.ts";
import type { EditorSession } from "./editor_session.ts";
import { PhoneFields } from "./PhoneFields.tsx";
import { TabChoice } from "./TabChoice.tsx";
import { nudge, removeChosen } from "./tile_actions.ts";

/** The panel. */
export function SectionPanel({ session, placement }: { session: EditorSession; placement: Placement }) {
  const { id, title, options } = placement;
  const phone = session.phone.value;
  const tiles = sectionGroups(session.here).find(({ band }) => band?.id === id)?.tiles ?? [];
  const button = (words: string, act: () => void) => (
    <button type="button" class="button button--small" onClick={act}>{words}</button>
  );
  return (
    <div class="edit-panel__form">
      <div>
        <h2>Section</h2>
        <p class="quiet">
          {tiles.length === 0
            ? "Tiles that are put below it, down to the next section, belong to it."
            : `The ${tiles.length === 1 ? "tile" : `${tiles.length} tiles`} below it, down to the next section.`}
        </p>
      </div>
      <TextField
        id="tile-title"
        label="Title"
        value={title}
        onChange={(text) =>
          session.do({ type: "change", id, part: "placement", set: { title: text }, unset: [] }, { typed: true })}
      />
      <SwitchField
        id="section-closed"
        label="Closed when the page is opened"
        value={options.closed === true}
        onChange={(closed) =>
          session.do({
            type: "change",
            id,
            part: "options",
            set: closed ? { closed } : {},
            unset: closed ? [] : ["closed"],
          })}
      />
      {phone && <PhoneFields session={session} placement={placement} />}
      <TabChoice session={session} />
      <div class="edit-panel__buttons">
        {!phone && button("Move up", () => nudge(session, { y: -1 }))}
        {!phone && button("Move down", () => nudge(session, { y: 1 }))}
        {tiles.length > 0 && button("Select with its tiles", () => session.select([id, ...tiles.map((one) => one.id)]))}
        {button("Remove, keep the tiles", () => removeChosen(session))}
      </div>
    </div>
  );
}
