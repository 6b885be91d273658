/** A dashboard in the browser: filters in the URL, tiles that ask only for what changed, live updates. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { AsOfNotice } from "@/components/dashboard/AsOfNotice.tsx";
import { Freshness } from "@/components/dashboard/Freshness.tsx";
import { EmptyState } from "@/components/EmptyState.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { FilterBar } from "@/components/dashboard/FilterBar.tsx";
import { SelectionBar } from "@/components/dashboard/SelectionBar.tsx";
import { TileFrame } from "@/components/dashboard/TileFrame.tsx";
import { DashboardClient, type DashboardData } from "@/components/dashboard/client.ts";
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

export default function Dashboard({ id, title, data, filterColumns, dataset, locale, narrow }: DashboardProps) {
  const state = useSignal(data);
  const loading = useSignal<ReadonlySet<string>>(new Set());
  const message = useSignal("");
  const phone = useSignal(narrow);
  const client = useMemo(() => new DashboardClient(id, state, loading, message), []);
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => client.connect(), []);
  useEffect(() => {
    const query = matchMedia("(max-width: 719px)");
    const update = () => phone.value = query.matches;
    update();
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);

  const { tiles, filters, colors, range, freshness, problem } = state.value;
  return (
    <div ref={root} class="dashboard">
      <PageHeader title={title} note={<Freshness {...freshness} locale={locale} />} />
      <FilterBar
        filters={filters}
        range={range}
        columns={filterColumns}
        dataset={dataset}
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
      {tiles.length === 0 && (
        <EmptyState
          title="Nothing on this dashboard yet"
          text="It has no widgets. Put some in place through the API, or open another dashboard."
        >
          <a class="button" href="/dashboards">All dashboards</a>
        </EmptyState>
      )}
      <div class="grid">
        {tiles.map((tile) => (
          <TileFrame
            key={tile.id}
            tile={tile}
            colors={colors}
            locale={locale}
            narrow={phone.value}
            loading={loading.value.has(tile.id)}
            views={{ loadedView, loadView }}
            filters={filters}
            onEvent={(event) => client.onWidgetEvent(tile.id, event)}
            onFilters={(next) => client.choose(next)}
            onRetry={() => client.refresh([tile.id])}
          />
        ))}
      </div>
      <SelectionBar
        filters={filters}
        tiles={tiles}
        columns={filterColumns}
        locale={locale}
        onChange={(next) => client.choose(next)}
      />
    </div>
  );
}
