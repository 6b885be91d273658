/**
 * A dashboard with its answers: each placement's questions, merged with the page's filters, asked side by side.
 * A tile carries a key that changes when its question or its data does; tiles that the caller has already are left out.
 */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { TesseraError } from "@/lib/errors.ts";
import {
  askedPlacements,
  type Dashboard,
  type Dataset,
  type LaidTile,
  type MetricResult,
  openTab,
  type PageFilters,
  pageLayout,
  type Placement,
  type Viewer,
} from "@/lib/model/mod.ts";
import { loadOthers } from "@/lib/query/load_others.ts";
import { resolveRange } from "@/lib/query/resolve_range.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { ChartInput, Widget, WidgetQuestion } from "@/lib/widget/mod.ts";
import {
  answerQuestions,
  answerWritten,
  mergedQuestion,
  type TileAnswers,
  type WrittenAnswers,
} from "./answer_questions.ts";
import { openTile, type TrailStep } from "./open_tile.ts";

/** A placement with its answers, as JSON. */
export interface Tile extends TileAnswers, WrittenAnswers {
  id: string;
  kind: string;
  title: string;
  place: Placement["place"];
  /** Changes when the question or the data behind it does. */
  key: string;
  /** The datasets that it takes numbers from. */
  datasets: string[];
  /** What it was opened by, outermost first. */
  trail: TrailStep[];
  /** What a value of a field can be opened into, by field: `{ platform: "Campaign", period: "day" }`. */
  opens: Record<string, string>;
  /** Of what is shown: those of the placement, opened as far as the trail says. */
  options: unknown;
  /** Instead of results: what went wrong, for people. */
  error: { title: string; detail: string } | null;
}

/** What a page shows. */
export interface LoadedDashboard {
  /** The tabs in their order; none where there is one page without a name. */
  tabs: { id: string; name: string }[];
  /** The tab that is open; null where there are none. */
  tab: string | null;
  /** Every tile of the open tab in reading order, also those that stand in closed sections. */
  layout: LaidTile[];
  /** The tiles that the page shows, with their answers. */
  tiles: Tile[];
  /** Series numbers (1–8) by value, the same in every tile. */
  colors: Record<string, number>;
  /** The page's range as days, in the filter bar's dataset; null without data. */
  range: { from: string; to: string } | null;
  /** How far that dataset reaches, and how many platforms stand in it. */
  freshness: { through: string | null; daysOld: number; platforms: number };
}

/** What an open page is answered: of the tiles those that changed, and everything else as it is now. */
export interface DashboardAnswers extends LoadedDashboard {
  filters: PageFilters;
}

type Outside = Pick<
  Services,
  "documents" | "warehouse" | "cache" | "clock" | "sources" | "forecasts" | "widgets" | "log"
>;

/** What one load shares between its tiles. */
interface Load {
  services: Outside;
  viewer: Viewer;
  dashboard: Dashboard;
  filters: PageFilters;
  datasets: Map<string, Promise<{ dataset: Dataset; state: DatasetState }>>;
}

/** Asks the questions of every tile that is shown; `have` maps tile ids to keys that need no answer again. */
export async function loadDashboard(
  services: Outside,
  viewer: Viewer,
  dashboard: Dashboard,
  filters: PageFilters,
  have: Record<string, string> = {},
): Promise<LoadedDashboard> {
  const load: Load = { services, viewer, dashboard, filters, datasets: new Map() };
  const [tiles, platforms, range, dataset] = await Promise.all([
    Promise.all(askedPlacements(dashboard, filters).map((placement) => loadTile(load, placement, have[placement.id]))),
    loadPlatforms(load),
    loadRange(load),
    datasetOf(load, dashboard.filterBar.dataset),
  ]);
  const through = dataset.state.range?.to ?? null;
  const daysOld = through ? Math.floor((services.clock.now().getTime() - Date.parse(through)) / 86_400_000) : 0;
  return {
    tabs: (dashboard.tabs ?? []).map(({ id, name }) => ({ id, name })),
    tab: openTab(dashboard, filters.tab)?.id ?? null,
    layout: pageLayout(dashboard, filters.tab),
    tiles: tiles.filter((tile) => tile !== null),
    colors: colorsOf(platforms),
    range,
    freshness: { through, daysOld, platforms: platforms.length },
  };
}

/** What the pure parts of a widget (its chart) are given for a tile. */
export function chartInput(
  tile: Tile,
  colors: Record<string, number>,
  locale: string,
  narrow: boolean,
): ChartInput<unknown> {
  const [result] = Object.values(tile.results);
  return {
    title: tile.title,
    options: tile.options,
    results: tile.results,
    forecasts: tile.forecasts,
    accuracy: tile.accuracy,
    anomalies: tile.anomalies,
    tiers: tile.tiers,
    result: result ?? EMPTY_RESULT,
    locale,
    colors,
    size: { columns: tile.place.w, rows: tile.place.h, narrow },
  };
}

/** The answer of a widget that asks nothing. */
export const EMPTY_RESULT: MetricResult = {
  columns: [],
  rows: [],
  totals: null,
  totalsByCurrency: null,
  comparison: null,
  meta: {
    asOf: null,
    version: 0,
    cached: false,
    milliseconds: 0,
    rows: 0,
    range: null,
    levels: [],
    provisional: [],
    currency: null,
    notices: [],
  },
};

async function loadTile(load: Load, placement: Placement, known: string | undefined): Promise<Tile | null> {
  const { id, widget: kind, place } = placement;
  const tile: Tile = {
    id,
    kind,
    title: placement.title,
    place,
    key: "",
    datasets: [],
    trail: [],
    opens: {},
    options: placement.options,
    results: {},
    error: null,
  };
  const widget = await load.services.widgets.load(kind);
  if (!widget) {
    const detail = `The widget "${kind}" is not installed here; its options are kept`;
    return { ...tile, error: { title: "This widget is missing", detail } };
  }
  const parsed = widget.parse(placement.options, placement.widgetVersion);
  if (!parsed.ok) return { ...tile, error: { title: "These options do not fit", detail: parsed.errors.join("; ") } };
  tile.options = parsed.options;
  try {
    const steps = (load.filters.drills ?? []).filter((step) => step.tile === id);
    Object.assign(tile, await openTile(widget, parsed.options, steps, (id) => datasetOf(load, id)));
    const questions = await mergedQuestions(load, widget, tile, placement);
    tile.datasets = await datasetsOf(load, questions);
    const written = await answerWritten(load.services, load.viewer, questions);
    tile.key = await tileKey(load, widget, { options: tile.options, questions, datasets: tile.datasets, written });
    if (tile.key === known) return null;
    const answers = answered.get(tile.key) ?? await answerQuestions(load.services, load.viewer, questions);
    answered.set(tile.key, answers);
    Object.assign(tile, answers, written);
    return tile;
  } catch (error) {
    if (error instanceof TesseraError) {
      return { ...tile, error: { title: "This cannot be shown", detail: error.message } };
    }
    load.services.log.error("Cannot answer a tile", { dashboard: load.dashboard.id, placement: id, error });
    return { ...tile, error: { title: "This cannot be shown", detail: "Something went wrong on our side; try again" } };
  }
}

/** Answers by tile key, parsed: what many visitors look at is asked and read once. At most 50,000 rows. */
const answered = new LRUCache<string, TileAnswers>({ maxSize: 50_000, sizeCalculation: rowsOf });

function rowsOf({ results, forecasts = {} }: TileAnswers): number {
  const rows = Object.values(results).reduce((sum, { rows }) => sum + rows.length, 1);
  return Object.values(forecasts).reduce(
    (sum, answer) => sum + (answer.state === "ready" ? answer.actuals.length + answer.points.length : 1),
    rows,
  );
}

async function mergedQuestions(
  load: Load,
  widget: Widget,
  { id, options, trail }: Tile,
  own: Placement,
): Promise<Record<string, WidgetQuestion>> {
  const merged: Record<string, WidgetQuestion> = {};
  for (const [name, question] of Object.entries(widget.queries(options))) {
    const { dataset } = await datasetOf(load, question.query.dataset);
    const filters: PageFilters = widget.compares(options) ? load.filters : { ...load.filters, compare: "none" };
    merged[name] = mergedQuestion(question, load.dashboard, filters, { dataset, tile: id, trail, own });
  }
  return merged;
}

/** Everything that a tile's answers and looks depend on, as a short text. */
async function tileKey(
  load: Load,
  widget: Widget,
  asked: {
    options: unknown;
    questions: Record<string, WidgetQuestion>;
    datasets: string[];
    written: WrittenAnswers;
  },
): Promise<string> {
  const versions = await Promise.all(
    asked.datasets.map(async (id) => {
      const { dataset, state } = await datasetOf(load, id);
      return [id, state.version, state.asOf, dataset.definitionVersion];
    }),
  );
  // A relative range means other days tomorrow, so the day is part of the question.
  const today = load.services.clock.now().toISOString().slice(0, 10);
  const { kind, version } = widget.manifest;
  const text = JSON.stringify([load.viewer.workspace, kind, version, asked, versions, today]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** Every dataset that questions take numbers from: their own, those that formulas name, and the rates of exchange. */
async function datasetsOf(load: Load, questions: Record<string, WidgetQuestion>): Promise<string[]> {
  const { services, viewer: { workspace } } = load;
  const found = new Set<string>();
  for (const { kind, query } of Object.values(questions)) {
    const { dataset } = await datasetOf(load, query.dataset);
    found.add(query.dataset);
    if (kind !== "metric" && kind !== "forecast") continue;
    if (query.currency) found.add("rates");
    for (const id of (await loadOthers(services, workspace, dataset, query)).keys()) found.add(id);
  }
  return [...found].sort();
}

function datasetOf(load: Load, id: string): Promise<{ dataset: Dataset; state: DatasetState }> {
  let found = load.datasets.get(id);
  if (!found) {
    const { services, viewer: { workspace } } = load;
    found = getDataset(services, workspace, id).then(async (dataset) => {
      return { dataset, state: await services.warehouse.state({ workspace, dataset }) };
    });
    load.datasets.set(id, found);
  }
  return found;
}

async function loadRange(load: Load): Promise<LoadedDashboard["range"]> {
  const { dataset, state } = await datasetOf(load, load.dashboard.filterBar.dataset);
  return resolveRange(load.filters.range, {
    timeZone: dataset.timeZone,
    now: load.services.clock.now(),
    dataRange: state.range,
  });
}

/** The order that platforms take their colours in, so that a new one does not repaint the others. */
const PLATFORM_ORDER = ["google_ads", "meta_ads", "linkedin_ads", "tiktok_ads", "microsoft_ads", "pinterest"];

/** The platforms that have rows; none for a dataset that does not tell platforms apart. */
async function loadPlatforms(load: Load): Promise<string[]> {
  const { dataset, state } = await datasetOf(load, load.dashboard.filterBar.dataset);
  if (!dataset.columns.some((column) => column.name === "platform")) return [];
  const { workspace } = load.viewer;
  const key = `platforms ${workspace} ${dataset.id} ${state.version}`;
  const { value } = await load.services.cache.through(key, async () => {
    const values = await load.services.warehouse.values({ workspace, dataset }, "platform", { limit: 50 });
    return JSON.stringify(values.map(({ value }) => value));
  });
  return JSON.parse(value);
}

function colorsOf(present: string[]): Record<string, number> {
  const colors = Object.fromEntries(PLATFORM_ORDER.map((platform, index) => [platform, index + 1]));
  const others = present.filter((platform) => !(platform in colors)).sort();
  others.slice(0, 8 - PLATFORM_ORDER.length).forEach((platform, index) => {
    colors[platform] = PLATFORM_ORDER.length + index + 1;
  });
  return colors;
}
