/** What the dashboard page does after its first paint: asks for changed tiles, listens for new data, keeps the URL. */
import type { Signal } from "@preact/signals";
import type { DashboardAnswers, LoadedDashboard, Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";
import { drillInto, select } from "@/lib/model/selections.ts";
import { openTab } from "@/lib/model/tabs.ts";
import type { WidgetEvent } from "@/lib/widget/mod.ts";

/** What stands on the page. */
export interface DashboardData extends LoadedDashboard {
  /** The filters in effect. */
  filters: PageFilters;
  /** Why the last question failed; what stands is older then. */
  problem?: string;
}

/** Asks for a page's tiles. One request at a time matters: a newer one cancels the older. */
export class DashboardClient {
  #id: string;
  #state: Signal<DashboardData>;
  #loading: Signal<ReadonlySet<string>>;
  #message: Signal<string>;
  #request: AbortController | null = null;
  /** Every tile that was shown since the page was opened: a tab that was left comes back without an answer. */
  #known = new Map<string, Tile>();
  #layouts = new Map<string | null, LoadedDashboard["layout"]>();

  constructor(
    id: string,
    state: Signal<DashboardData>,
    loading: Signal<ReadonlySet<string>>,
    message: Signal<string>,
  ) {
    this.#id = id;
    this.#state = state;
    this.#loading = loading;
    this.#message = message;
  }

  /** Listens for Back and Forward, and for new data; the answer ends it. */
  connect(): () => void {
    const onPopState = () => void this.#ask(location.search);
    addEventListener("popstate", onPopState);
    const source = new EventSource("/api/events");
    const shown = () => new Set(this.#state.value.tiles.flatMap(({ datasets }) => datasets));
    source.addEventListener("dataset", (event) => {
      const { dataset } = JSON.parse((event as MessageEvent<string>).data) as { dataset: string };
      const known = shown();
      // A page whose tiles have no answer yet may show anything.
      if (known.size === 0 || known.has(dataset)) void this.#ask(location.search, "New data has arrived");
    });
    source.addEventListener("anomalies", (event) => {
      const { dataset } = JSON.parse((event as MessageEvent<string>).data) as { dataset: string };
      if (shown().has(dataset)) void this.#ask(location.search, "What stands out has changed");
    });
    source.addEventListener("dashboard", (event) => {
      const { id } = JSON.parse((event as MessageEvent<string>).data) as { id: string };
      if (id === this.#id) void this.#ask(location.search, "The dashboard was changed");
    });
    return () => {
      removeEventListener("popstate", onPopState);
      source.close();
      this.#request?.abort();
    };
  }

  /** Goes to other filters: a new entry in the history, so Back takes it back. The bar shows them at once. */
  choose(filters: PageFilters): void {
    const before = this.#state.value;
    this.#remember(before);
    const tab = openTab(before, filters.tab)?.id ?? null;
    const layout = this.#layouts.get(tab) ?? before.layout;
    this.#state.value = { ...before, filters, layout, tiles: this.#tilesOf(layout) };
    const search = writePageFilters(filters).toString();
    history.pushState(null, "", search ? `?${search}` : location.pathname);
    void this.#ask(search);
  }

  /** Opens or closes a section: at once, and without an entry in the history, for nothing else is shown. */
  fold(section: string, closed: boolean): void {
    const { filters } = this.#state.value;
    const next = { ...filters, folds: { ...filters.folds, [section]: closed } };
    this.#state.value = { ...this.#state.value, filters: next };
    const search = writePageFilters(next).toString();
    history.replaceState(history.state, "", `?${search}`);
    if (!closed) void this.#ask(search);
  }

  /** Asks again for what the address says. */
  retry(): void {
    void this.#ask(location.search);
  }

  /** Asks again for some tiles, whatever they show. */
  refresh(tileIds: string[]): void {
    const tiles = this.#state.value.tiles.map((tile) => tileIds.includes(tile.id) ? { ...tile, key: "" } : tile);
    this.#state.value = { ...this.#state.value, tiles };
    void this.#ask(location.search);
  }

  /** What a view tells: a value was chosen in its tile, or is to be opened there. */
  onWidgetEvent(tile: string, event: WidgetEvent): void {
    const { filters, tiles } = this.#state.value;
    if (event.type === "days") {
      const { type: _type, ...days } = event;
      return this.choose({ ...filters, ...days });
    }
    if (event.type !== "select" && event.type !== "drill") return;
    const { field, value } = event;
    if (event.type === "select") return this.choose(select(filters, { tile, field, value }, event.additive));
    const opens = tiles.find(({ id }) => id === tile)?.opens ?? {};
    if (opens[field] !== undefined) this.choose(drillInto(filters, { tile, field, value }));
  }

  #remember({ tab, layout, tiles }: LoadedDashboard): void {
    this.#layouts.set(tab, layout);
    for (const tile of tiles) this.#known.set(tile.id, tile);
  }

  #tilesOf(layout: LoadedDashboard["layout"]): Tile[] {
    return layout.map(({ id }) => this.#known.get(id)).filter((tile) => tile !== undefined);
  }

  async #ask(search: string, reason = ""): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const before = this.#state.value;
    this.#remember(before);
    // The pale state appears only where the answer takes a moment: a flash is worse than none.
    const pale = setTimeout(() => this.#loading.value = new Set(before.tiles.map((tile) => tile.id)), 120);
    try {
      const response = await fetch(`/api/dashboards/${this.#id}/answers`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          search,
          have: Object.fromEntries(
            [...this.#known.values()].filter((tile) => !tile.error).map((tile) => [tile.id, tile.key]),
          ),
        }),
        signal: request.signal,
      });
      if (!response.ok) throw new Error(await problemText(response));
      const answers = await response.json() as DashboardAnswers;
      this.#remember(answers);
      this.#state.value = { ...answers, tiles: this.#tilesOf(answers.layout) };
      const count = answers.tiles.length;
      this.#message.value = `${reason ? `${reason}. ` : ""}${count} ${count === 1 ? "tile" : "tiles"} updated`;
    } catch (error) {
      if (request.signal.aborted) return;
      const detail = error instanceof Error ? error.message : String(error);
      this.#message.value = `The dashboard could not be updated: ${detail}`;
      this.#state.value = { ...before, problem: detail };
    } finally {
      clearTimeout(pale);
      if (this.#request === request) this.#loading.value = new Set();
    }
  }
}

async function problemText(response: Response): Promise<string> {
  try {
    const problem = await response.json() as { detail?: string };
    return problem.detail ?? `the server answered ${response.status}`;
  } catch {
    return `the server answered ${response.status}`;
  }
}
