/** What the dashboard page does after its first paint: asks for changed tiles, listens for new data, keeps the URL. */
import type { Signal } from "@preact/signals";
import type { DashboardAnswers, LoadedDashboard } from "@/lib/dashboard/load_dashboard.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";
import { drillInto, select } from "@/lib/model/selections.ts";
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
    this.#state.value = { ...this.#state.value, filters };
    const search = writePageFilters(filters).toString();
    history.pushState(null, "", search ? `?${search}` : location.pathname);
    void this.#ask(search);
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
    if (event.type === "options") return;
    const { field, value } = event;
    if (event.type === "select") return this.choose(select(filters, { tile, field, value }, event.additive));
    const opens = tiles.find(({ id }) => id === tile)?.opens ?? {};
    if (opens[field] !== undefined) this.choose(drillInto(filters, { tile, field, value }));
  }

  async #ask(search: string, reason = ""): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const before = this.#state.value;
    // The pale state appears only where the answer takes a moment: a flash is worse than none.
    const pale = setTimeout(() => this.#loading.value = new Set(before.tiles.map((tile) => tile.id)), 120);
    try {
      const response = await fetch(`/api/dashboards/${this.#id}/answers`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          search,
          have: Object.fromEntries(before.tiles.filter((tile) => !tile.error).map((tile) => [tile.id, tile.key])),
        }),
        signal: request.signal,
      });
      if (!response.ok) throw new Error(await problemText(response));
      const answers = await response.json() as DashboardAnswers;
      const changed = new Map(answers.tiles.map((tile) => [tile.id, tile]));
      const known = new Map(before.tiles.map((tile) => [tile.id, tile]));
      const tiles = answers.order.map((id) => changed.get(id) ?? known.get(id)).filter((tile) => tile !== undefined);
      const { order: _order, ...rest } = answers;
      this.#state.value = { ...rest, tiles };
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
