/** The row of tabs in the editor: opened, added, put in another order by dragging or by key; and which layout is edited. */
import { useRef } from "preact/hooks";
import { TAB_PANEL, tabElementId } from "@/components/dashboard/DashboardTabs.tsx";
import { tabKeys } from "@/components/dashboard/tab_keys.ts";
import { useOpenTabInView } from "@/components/dashboard/use_open_tab_in_view.ts";
import type { EditorSession } from "./editor_session.ts";
import { GALLERY_SEARCH, GALLERY_TITLE } from "./Gallery.tsx";
import { addSection, addTab, moveTab, removeTab } from "./tab_actions.ts";

/** The row. */
export function EditTabs({ session }: { session: EditorSession }) {
  const { tabs = [] } = session.now;
  const open = session.open?.id;
  const dragged = useRef<string | null>(null);
  const row = useRef<HTMLDivElement>(null);
  useOpenTabInView(row, open);

  const keys = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).dataset.tab;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (id && event.shiftKey && step) {
      event.preventDefault();
      moveTab(session, id, tabs.findIndex((tab) => tab.id === id) + step);
      requestAnimationFrame(() => document.getElementById(tabElementId(id))?.focus());
    } else if (id && (event.key === "Delete" || event.key === "F2")) {
      event.preventDefault();
      if (event.key === "Delete") return removeTab(session, id);
      session.goTo(id);
      toName(session);
    } else tabKeys(event);
    // Keys that go on to the page move or remove the selected tiles.
    event.stopPropagation();
  };
  return (
    <div class="edit-tabs">
      {tabs.length > 0 && (
        <div ref={row} class="tabs" role="tablist" aria-label="Tabs" onKeyDown={keys}>
          {tabs.map(({ id, name }, index) => (
            <button
              key={id}
              id={tabElementId(id)}
              data-tab={id}
              type="button"
              class="tabs__tab"
              role="tab"
              draggable
              aria-selected={id === open}
              aria-controls={TAB_PANEL}
              tabIndex={id === open ? 0 : -1}
              onClick={() => {
                session.goTo(id);
                session.select([]); // the panel shows the tab's own fields then
              }}
              onDblClick={() => toName(session)}
              onDragStart={(event) => {
                dragged.current = id;
                event.dataTransfer?.setData("text/plain", name); // without data some browsers drag nothing
              }}
              onDragOver={(event) => dragged.current && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged.current) moveTab(session, dragged.current, index);
                dragged.current = null;
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <button type="button" class="button button--quiet button--small" onClick={toGallery}>
        <span aria-hidden="true">+</span> Widget
      </button>
      <button
        type="button"
        class="button button--quiet button--small"
        onClick={() => {
          addTab(session);
          toName(session);
        }}
      >
        <span aria-hidden="true">+</span> Tab
      </button>
      <button
        type="button"
        class="button button--quiet button--small"
        onClick={() => {
          addSection(session);
          const [band] = session.chosen;
          requestAnimationFrame(() =>
            document.getElementById(`edit-${band?.id}`)?.scrollIntoView({ block: "nearest" })
          );
        }}
      >
        <span aria-hidden="true">+</span> Section
      </button>
      <div class="edit-tabs__layout" role="group" aria-label="Layout that is edited">
        {[false, true].map((phone) => (
          <button
            key={String(phone)}
            type="button"
            aria-pressed={session.phone.value === phone}
            onClick={() => session.phone.value = phone}
          >
            {phone ? "Phone" : "Desktop"}
          </button>
        ))}
      </div>
    </div>
  );
}

/** The gallery stands below all tiles: on a long dashboard nobody would look for it there. */
function toGallery(): void {
  document.getElementById(GALLERY_TITLE)?.scrollIntoView({ block: "start" });
  document.getElementById(GALLERY_SEARCH)?.focus({ preventScroll: true });
}

/** Goes to the field of the tab's name, which stands in the panel while nothing is selected. */
function toName(session: EditorSession): void {
  session.select([]);
  requestAnimationFrame(() => {
    const field = document.getElementById("tab-name") as HTMLInputElement | null;
    field?.focus();
    field?.select();
  });
}
