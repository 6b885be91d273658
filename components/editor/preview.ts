/** What a draft shows: asks for tiles that changed, waits while somebody types, and keeps the old until the new is there. */
import type { Signal } from "@preact/signals";
import type { DashboardAnswers, Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { Dashboard, PageFilters } from "@/lib/model/mod.ts";
import { isSection } from "@/lib/model/sections.ts";

/** The tiles of a draft, by placement. */
export interface Shown {
  tiles: ReadonlyMap<string, Tile>;
  colors: Record<string, number>;
  titles: Record<string, string>;
  /** The page's days. */
  range: { from: string; to: string } | null;
  filters: PageFilters;
}

/** Asks for a draft's tiles; a newer draft cancels the question about the older. */
export class Preview {
  #shown: Signal<Shown>;
  #problem: Signal<string>;
  #request: AbortController | null = null;
  #wait: ReturnType<typeof setTimeout> | undefined;

  constructor(shown: Signal<Shown>, problem: Signal<string>) {
    this.#shown = shown;
    this.#problem = problem;
  }

  /** Shows another draft, a moment later. */
  show(dashboard: Dashboard, tab: string | undefined, milliseconds = 120): void {
    clearTimeout(this.#wait);
    this.#wait = setTimeout(() => void this.#ask(dashboard, tab), milliseconds);
  }

  /** Ends whatever is on its way. */
  stop(): void {
    clearTimeout(this.#wait);
    this.#request?.abort();
  }

  async #ask(dashboard: Dashboard, tab: string | undefined): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const before = this.#shown.value.tiles;
    const have = Object.fromEntries(
      [...before.values()].filter(({ error, key }) => !error && key !== "").map(({ id, key }) => [id, key]),
    );
    try {
      const answers = await askPreview(dashboard, have, request.signal, tab);
      const tiles = new Map(before);
      for (const tile of answers.tiles) tiles.set(tile.id, tile);
      const { colors, titles, range, filters } = answers;
      this.#shown.value = { tiles, colors, titles, range, filters };
      this.#problem.value = "";
    } catch (error) {
      if (request.signal.aborted) return;
      this.#problem.value = error instanceof TypeError ? "The server cannot be reached" : (error as Error).message;
    }
  }
}

/**
 * One question about a draft, filtered as the page is: for the tiles of one tab, those of closed sections too. Throws
 * `Error` with the server's words.
 */
export async function askPreview(
  dashboard: Dashboard,
  have: Record<string, string>,
  signal: AbortSignal,
  tab?: string,
): Promise<DashboardAnswers> {
  const search = new URLSearchParams(location.search);
  for (const name of ["tab", "fold", "unfold"]) search.delete(name);
  if (tab) search.set("tab", tab);
  for (const { id } of dashboard.placements.filter(isSection)) search.append("unfold", id);
  const response = await fetch("/api/dashboards/preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dashboard, search: String(search), have }),
    signal,
  });
  if (response.ok) return await response.json() as DashboardAnswers;
  const problem = await response.json() as { detail?: string };
  throw new Error(problem.detail ?? `The server answered ${response.status}`);
}
