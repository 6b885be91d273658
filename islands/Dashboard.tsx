/** A dashboard in the browser: filters in the URL, tiles that ask only for what changed, live updates. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { AsOfNotice } from "@/components/dashboard/AsOfNotice.tsx";
import { Freshness } from "@/components/dashboard/Freshness.tsx";
import { EmptyState } from "@/components/EmptyState.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { DashboardGrid } from "@/components/dashboard/DashboardGrid.tsx";
import { EditButton, editorCode, NotOpened, type Opening } from "@/components/dashboard/OpenEditor.tsx";
import { DashboardTabs, TAB_PANEL, tabElementId } from "@/components/dashboard/DashboardTabs.tsx";
import { FilterBar } from "@/components/dashboard/FilterBar.tsx";
import { SelectionBar } from "@/components/dashboard/SelectionBar.tsx";
import { printOnPaper } from "@/components/dashboard/paper.ts";
import { DashboardClient, type DashboardData } from "@/components/dashboard/client.ts";
import { TurnedAnomaly } from "@/components/forecast/TurnedAnomaly.tsx";
import { useAnomalyTurns } from "@/components/forecast/use_anomaly_turns.ts";
import type { EditorProps } from "@/components/editor/Editor.tsx";
import { openTab } from "@/lib/model/tabs.ts";
import { loadedView, loadView } from "@/widgets/loaded_views.ts";

/** What the page hands over; JSON only. */
export interface DashboardProps {
  id: string;
  title: string;
  data: DashboardData;
  /** Columns the filter bar offers. */
  filterColumns: { name: string; title: string }[];
  dataset: string;
  locale: string;
  narrow: boolean;
}

/** The editor's code with what it edits. */
interface Editing {
  Editor: ComponentType<EditorProps>;
  data: EditorProps["data"];
}

export default function Dashboard({ id, title, data, filterColumns, dataset, locale, narrow }: DashboardProps) {
  const state = useSignal(data);
  const loading = useSignal<ReadonlySet<string>>(new Set());
  const message = useSignal("");
  const phone = useSignal(narrow);
  const name = useSignal(title);
  const client = useMemo(() => new DashboardClient(id, state, loading, message), []);
  const anomalies = useAnomalyTurns(() => client.retry());
  const root = useRef<HTMLDivElement>(null);
  const editor = useSignal<Editing | null>(null);
  const opening = useSignal<Opening>({ at: "idle" });

  /** Begins to edit, here on the page: the editor's code and what it needs come only now. */
  async function edit(): Promise<void> {
    if (opening.value.at === "busy") return;
    opening.value = { at: "busy" };
    try {
      const [Editor, { loadEditor }] = [editorCode(), await import("@/components/editor/load_editor.ts")];
      editor.value = { data: await loadEditor(id), Editor: (await Editor).default };
      history.replaceState(history.state, "", "#edit");
      opening.value = { at: "idle" };
    } catch (error) {
      opening.value = { at: "failed", problem: error instanceof Error ? error.message : String(error) };
    }
  }

  function closeEditor(published: string): void {
    name.value = published;
    editor.value = null;
    history.replaceState(history.state, "", location.pathname + location.search);
    client.retry();
  }

  useEffect(() => client.connect(), []);
  useEffect(() => printOnPaper(), []);
  useEffect(() => {
    if (location.hash === "#edit") void edit();
  }, []);
  useEffect(() => {
    const query = matchMedia("(max-width: 719px)");
    const update = () => phone.value = query.matches;
    update();
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);

  const { tabs, layout, tiles, filters, kept, titles, colors, range, freshness, problem } = state.value;
  const tab = openTab({ tabs }, filters.tab)?.id ?? null;
  if (editor.value) {
    const { Editor, data } = editor.value;
    return (
      <Editor
        data={data}
        page={{ tiles, colors, titles, range, filters }}
        views={{ loadedView, loadView }}
        locale={locale}
        onClose={closeEditor}
      />
    );
  }
  return (
    <div ref={root} class="dashboard">
      <PageHeader title={name.value} note={<Freshness {...freshness} locale={locale} />}>
        <EditButton opening={opening} onEdit={() => void edit()} />
      </PageHeader>
      <NotOpened opening={opening} />
      <DashboardTabs tabs={tabs} tab={tab} filters={filters} onOpen={(next) => client.choose(next)} />
      <FilterBar
        filters={filters}
        range={range}
        columns={filterColumns}
        dataset={dataset}
        kept={kept}
        titles={titles}
        locale={locale}
        onChange={(next) => client.choose(next)}
      />
      <p class="visually-hidden" role="status">{message}</p>
      {problem && (
        <Notice tone="bad" title="These numbers could not be updated">
          <p class="quiet">{problem}. What stands here is what was loaded before.</p>
          <button type="button" class="button button--quiet" onClick={() => client.retry()}>Try again</button>
        </Notice>
      )}
      {filters.asOf && <AsOfNotice filters={filters} asOf={filters.asOf} locale={locale} />}
      <div
        id={TAB_PANEL}
        role={tabs.length > 1 ? "tabpanel" : undefined}
        aria-labelledby={tabs.length > 1 && tab ? tabElementId(tab) : undefined}
      >
        {layout.length === 0 && (
          <EmptyState
            title={tabs.length > 1 ? "Nothing on this tab yet" : "Nothing on this dashboard yet"}
            text="Choose widgets and see them with your own data at once."
          >
            <button type="button" class="button button--primary" onClick={() => void edit()}>Add widgets</button>
            <a class="button" href="/dashboards">All dashboards</a>
          </EmptyState>
        )}
        <DashboardGrid
          layout={layout}
          tiles={tiles}
          colors={colors}
          titles={titles}
          range={range}
          locale={locale}
          narrow={phone.value}
          loading={loading.value}
          views={{ loadedView, loadView }}
          filters={filters}
          onEvent={(tile, event) => {
            if (event.type === "dismiss" || event.type === "restore") void anomalies.turn(event);
            else client.onWidgetEvent(tile, event);
          }}
          onFilters={(next) => client.choose(next)}
          onFold={(section, closed) => client.fold(section, closed)}
          onRetry={(tile) => client.refresh([tile])}
        />
      </div>
      <SelectionBar
        filters={filters}
        tiles={tiles}
        columns={filterColumns}
        locale={locale}
        onChange={(next) => client.choose(next)}
      />
      <TurnedAnomaly {...anomalies} />
    </div>
  );
}
