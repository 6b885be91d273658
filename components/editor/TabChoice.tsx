import type { EditorSession } from "./editor_session.ts";
import { chosenToTab } from "./tab_actions.ts";

/** Which tab the selected tiles stand on; choosing another moves them there. Nothing for a dashboard of one page. */
export function TabChoice({ session }: { session: EditorSession }) {
  const { tabs = [] } = session.now;
  if (tabs.length < 2) return null;
  return (
    <div class="field">
      <label class="field__label" for="tile-tab">On the tab</label>
      <select
        id="tile-tab"
        class="input"
        value={session.open?.id}
        onChange={(event) => {
          const tab = tabs.find(({ id }) => id === event.currentTarget.value);
          if (tab) chosenToTab(session, tab);
        }}
      >
        {tabs.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </div>
  );
}
