/** Edit mode, on the page itself: bar, grid, gallery and form. Loaded when somebody begins to edit. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { TAB_PANEL, tabElementId } from "@/components/dashboard/DashboardTabs.tsx";
import type { ViewSource } from "@/components/dashboard/TileFrame.tsx";
import { Inert } from "@/components/chart/inert.ts";
import { WhenIdle } from "@/components/WhenIdle.tsx";
import { Notice } from "@/components/Notice.tsx";
import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import { freePlace } from "@/lib/model/tile_layout.ts";
import type { Placement } from "@/lib/model/mod.ts";
import { EditBar } from "./EditBar.tsx";
import { EditGrid } from "./EditGrid.tsx";
import { EditTabs } from "./EditTabs.tsx";
import { EditorSession } from "./editor_session.ts";
import { editorKeys } from "./editor_keys.ts";
import { Gallery } from "./Gallery.tsx";
import { type EditorData, loadDatasets } from "./load_editor.ts";
import { HiddenOnPhones } from "./PhoneFields.tsx";
import { announce } from "./presence.ts";
import { Preview, type Shown } from "./preview.ts";
import { listenForRubberBand } from "./rubber_band.ts";
import { onTab } from "./tile_actions.ts";
import { TilePanel } from "./TilePanel.tsx";
import { VersionsPanel } from "./VersionsPanel.tsx";

/** What the page hands over. */
export interface EditorProps {
  data: EditorData;
  /** What stands on the page already: it is there at once. */
  page: Omit<Shown, "tiles"> & { tiles: Tile[] };
  views: ViewSource;
  locale: string;
  /** Called with the title that was published last. */
  onClose(title: string): void;
}

/** Below this width tiles stand in one or two columns, and are moved by buttons. */
const NARROW = "(max-width: 1023px)";
/** Up to this width the page is a phone's: its own layout is the one that is edited first. */
const PHONE = "(max-width: 719px)";

/** The editor. */
export default function Editor({ data, page, views, locale, onClose }: EditorProps) {
  const session = useMemo(() => {
    const begun = new EditorSession(data.dashboard, data.version, data.slot, page.filters.tab);
    begun.phone.value = matchMedia(PHONE).matches;
    return begun;
  }, []);
  const shown = useSignal<Shown>({ ...page, tiles: new Map(page.tiles.map((tile) => [tile.id, tile])) });
  const problem = useSignal("");
  const versions = useSignal(false);
  const datasets = useSignal(data.datasets);
  session.onMetrics = async () => {
    datasets.value = await loadDatasets();
  };
  const others = useSignal(0);
  const narrow = useSignal(matchMedia(NARROW).matches);
  const ground = useRef<HTMLDivElement>(null);
  const preview = useMemo(() => new Preview(shown, problem), []);
  const placements = session.here;
  const tab = session.open?.id;
  // Places and titles are drawn at once and ask nothing; what else a draft says may ask for other numbers.
  const asked = JSON.stringify([
    tab,
    placements.map(({ place: _place, title: _title, phone: _phone, ...rest }) => rest),
    session.now.filters,
    session.open?.filters,
    session.now.defaults,
  ]);

  // A formula that was saved or taken away changes what tiles answer although nothing in the draft does.
  useEffect(() => preview.show(session.now, tab), [asked, datasets.value]);
  useEffect(() => listenForRubberBand(ground.current!, session), []);
  useEffect(() => {
    const search = new URLSearchParams(location.search);
    if (tab && tab !== session.now.tabs?.[0]?.id) search.set("tab", tab);
    else search.delete("tab");
    history.replaceState(history.state, "", `${location.pathname}${search.size > 0 ? `?${search}` : ""}#edit`);
  }, [tab]);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const update = () => narrow.value = query.matches;
    const keys = editorKeys(session);
    const source = new EventSource("/api/events");
    source.addEventListener("dashboard", (event) => {
      const { id, version } = JSON.parse((event as MessageEvent<string>).data) as { id: string; version: number };
      if (id === session.id) void session.heard(version);
    });
    const presence = announce(session.id, (count) => others.value = count);
    source.addEventListener("presence", (event) => presence.heard(JSON.parse((event as MessageEvent<string>).data)));
    query.addEventListener("change", update);
    addEventListener("keydown", keys);
    return () => {
      query.removeEventListener("change", update);
      removeEventListener("keydown", keys);
      source.close();
      presence.end();
      preview.stop();
    };
  }, []);

  const add = (placement: Omit<Placement, "place">, size: { w: number; h: number }) => {
    const placed = { ...placement, place: freePlace(session.here, size) } as Placement;
    const added = onTab(placed, session.open?.id);
    session.do({ type: "add", placements: [added] });
    session.select([added.id]);
    requestAnimationFrame(() => document.getElementById(`edit-${added.id}`)?.scrollIntoView({ block: "nearest" }));
  };
  const dataset = datasets.value.find(({ id }) => id === session.now.filterBar.dataset) ?? datasets.value[0];
  const { theirs, publishing } = session;
  const sheet = narrow.value && !versions.value && session.chosen.length > 0;
  return (
    <Inert.Provider value>
      <div class="editor">
        <div class="editor__main">
          <h1 class="visually-hidden">Editing {session.now.title}</h1>
          <EditBar
            session={session}
            others={others.value}
            onVersions={() => versions.value = !versions.value}
            onClose={() => {
              session.close();
              onClose(session.draft.value.saved.title);
            }}
          />
          <p class="visually-hidden" role="status">{session.said}</p>
          {theirs.value && (
            <Notice
              tone="warn"
              title={`Somebody published version ${theirs.value.version} while you edited`}
              text="Nothing of either is lost: join them, or take theirs and undo it later."
            >
              <div class="notice__actions">
                <button type="button" class="button button--small" onClick={() => session.merge()}>
                  Put my changes on top
                </button>
                <button type="button" class="button button--quiet button--small" onClick={() => session.takeTheirs()}>
                  Take theirs
                </button>
              </div>
            </Notice>
          )}
          {publishing.value.at === "failed" && (
            <Notice
              tone="bad"
              title="Not published"
              text={publishing.value.problem}
            />
          )}
          {session.unsettled.value && (
            <Notice tone="warn" title="Undone here, not for all" text={session.unsettled.value}>
              <div class="notice__actions">
                <button
                  type="button"
                  class="button button--small"
                  onClick={() =>
                    session.unsettled.value = ""}
                >
                  All right
                </button>
              </div>
            </Notice>
          )}
          {problem.value && <Notice tone="bad" title="The preview is older than your draft" text={problem.value} />}
          <EditTabs session={session} />
          <div
            ref={ground}
            id={TAB_PANEL}
            class={`editor__ground${session.phone.value ? " editor__ground--phone" : ""}`}
            role={tab ? "tabpanel" : undefined}
            aria-labelledby={tab ? tabElementId(tab) : undefined}
          >
            {placements.length === 0 && (
              <p class="editor__empty">Nothing here yet. Choose a widget below; it shows your own data at once.</p>
            )}
            <EditGrid
              key={`${narrow.value} ${session.phone.value} ${tab}`}
              session={session}
              shown={shown.value}
              views={views}
              locale={locale}
              narrow={narrow.value}
            />
          </div>
          {session.phone.value && <HiddenOnPhones session={session} />}
          <WhenIdle>
            {dataset && (
              <Gallery
                dashboard={data.dashboard}
                manifests={data.manifests}
                datasets={datasets.value}
                dataset={dataset}
                views={views}
                locale={locale}
                onAdd={add}
              />
            )}
          </WhenIdle>
        </div>
        <aside
          class={`edit-panel${sheet ? " edit-panel--sheet" : ""}`}
          aria-label={versions.value ? "Versions" : "Options"}
        >
          {sheet && (
            <button
              type="button"
              class="button button--small edit-panel__done"
              onClick={() => session.select([])}
            >
              Done
            </button>
          )}
          {versions.value
            ? <VersionsPanel session={session} locale={locale} onClose={() => versions.value = false} />
            : (
              <TilePanel
                session={session}
                manifests={data.manifests}
                datasets={datasets.value}
                tiles={shown.value.tiles}
                locale={locale}
                narrow={narrow.value}
              />
            )}
        </aside>
      </div>
    </Inert.Provider>
  );
}
