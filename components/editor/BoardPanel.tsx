/** The form at the side while nothing is selected: of the dashboard itself and of the tab that is edited. */
import { TextField } from "@/components/form/fields.tsx";
import type { Tab } from "@/lib/model/mod.ts";
import { BoardFilterFields, type PageFilterFieldsProps, TabFilterField } from "./PageFilterFields.tsx";
import { moveTab, removeTab, renameTab } from "./tab_actions.ts";
import { PhoneBoard } from "./PhoneFields.tsx";
import { paste } from "./tile_actions.ts";

/** The panel. */
export function BoardPanel({ session, datasets, locale }: PageFilterFieldsProps) {
  const around = { session, datasets, locale };
  const { title, description = "" } = session.now;
  return (
    <div class="edit-panel__form">
      <h2>Dashboard</h2>
      <TextField
        id="board-title"
        label="Title"
        value={title}
        onChange={(title) => session.do({ type: "set", set: { title }, unset: [] }, { typed: true })}
      />
      <TextField
        id="board-description"
        label="Description"
        value={description}
        onChange={(text) =>
          session.do(
            text
              ? { type: "set", set: { description: text }, unset: [] }
              : { type: "set", set: {}, unset: ["description"] },
            { typed: true },
          )}
      />
      {session.phone.value && <PhoneBoard session={session} />}
      <BoardFilterFields {...around} />
      {session.open && <TabFields key={session.open.id} {...around} tab={session.open} />}
      <div class="edit-panel__buttons">
        <button type="button" class="button button--small" onClick={() => paste(session)}>Paste tiles</button>
      </div>
      <h3>Keys</h3>
      <dl class="edit-panel__keys">
        <dt>Arrows</dt>
        <dd>move the tile, with Shift resize it; move a tab with Shift</dd>
        <dt>Shift-click, Space</dt>
        <dd>select several; so does drawing a frame on empty ground</dd>
        <dt>Ctrl A</dt>
        <dd>select all on this page</dd>
        <dt>Ctrl D</dt>
        <dd>duplicate</dd>
        <dt>Ctrl C, Ctrl V</dt>
        <dd>copy and paste, also to another dashboard</dd>
        <dt>Delete</dt>
        <dd>remove</dd>
        <dt>Ctrl Z, Ctrl Y</dt>
        <dd>undo and redo</dd>
      </dl>
    </div>
  );
}

function TabFields({ tab, ...around }: PageFilterFieldsProps & { tab: Tab }) {
  const { session } = around;
  const { tabs = [] } = session.now;
  const at = tabs.indexOf(tab);
  const button = (words: string, possible: boolean, act: () => void) => (
    <button
      type="button"
      class="button button--small"
      aria-disabled={!possible}
      onClick={() => possible && act()}
    >
      {words}
    </button>
  );
  return (
    <section class="edit-panel__form" aria-labelledby="tab-fields">
      <h3 id="tab-fields">This tab</h3>
      <TextField id="tab-name" label="Name" value={tab.name} onChange={(name) => renameTab(session, tab.id, name)} />
      <TabFilterField {...around} tab={tab} />
      <div class="edit-panel__buttons">
        {button("Move left", at > 0, () => moveTab(session, tab.id, at - 1))}
        {button("Move right", at < tabs.length - 1, () => moveTab(session, tab.id, at + 1))}
        {button("Remove tab", tabs.length > 1, () => removeTab(session, tab.id))}
      </div>
    </section>
  );
}
