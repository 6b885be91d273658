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
  type KeptFilter,
  keptFilters,
  type LaidTile,
  openTab,
  type PageFilters,
  pageLayout,
  type Placement,
  type Viewer,
} from "@/lib/model/mod.ts";
import { loadOthers } from "@/lib/query/load_others.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import { resolveRange } from "@/lib/query/resolve_range.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { Widget, WidgetQuestion } from "@/lib/widget/mod.ts";
import {
  answerQuestions,
  answerWritten,
  mergedQuestion,
  type TileAnswers,
  type WrittenAnswers,
} from "./answer_questions.ts";
import { filterTitles } from "./filter_titles.ts";
import { nearestDays } from "./nearest_days.ts";
import { openTile, type TrailStep } from "./open_tile.ts";
import { platformColors } from "./platform_colors.ts";
import { unfiltered } from "./with_page_filters.ts";

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
  /** Fields that the page filters by and that its data lacks: it is not filtered by them. */
  unfiltered: string[];
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
  /** What every tile is filtered by, whoever looks: the dashboard's filters and the open tab's. */
  kept: KeptFilter[];
  /** What the columns are called that filters name. */
  titles: Record<string, string>;
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
  const layout = pageLayout(dashboard, filters.tab);
  const kept = keptFilters(dashboard, filters.tab);
  const through = dataset.state.range?.to ?? null;
  const daysOld = through ? Math.floor((services.clock.now().getTime() - Date.parse(through)) / 86_400_000) : 0;
  return {
    tabs: (dashboard.tabs ?? []).map(({ id, name }) => ({ id, name })),
    tab: openTab(dashboard, filters.tab)?.id ?? null,
    layout,
    kept,
    titles: filterTitles(await knownDatasets(load), { layout, kept, filters }),
    tiles: tiles.filter((tile) => tile !== null),
    colors: platformColors(platforms),
    range,
    freshness: { through, daysOld, platforms: platforms.length },
  };
}

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
    unfiltered: [],
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
    tile.unfiltered = await unfilteredBy(load, id, questions);
    const written = await answerWritten(load.services, load.viewer, questions);
    tile.key = await tileKey(load, widget, tile, { questions, written });
    if (tile.key === known) return null;
    const answers = answered.get(tile.key) ?? await answerTile(load, questions);
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

/** The answers, and where the page's days hold nothing, which days would. */
async function answerTile(load: Load, questions: Record<string, WidgetQuestion>): Promise<TileAnswers> {
  const answers = await answerQuestions(load.services, load.viewer, questions);
  const results = Object.values(answers.results);
  const [first] = Object.values(questions);
  const asked = results[0]?.meta.range;
  if (first?.kind !== "metric" || !asked || results.some(({ rows }) => rows.length > 0)) return answers;
  // Days that the page does not decide stay as they are, whatever the page shows.
  if (!sameJson(first.query.range, load.filters.range)) return answers;
  const { state: { range: data } } = await datasetOf(load, first.query.dataset);
  const nearest = data && await nearestDays(load.services, load.viewer, first.query, { asked, data });
  return nearest ? { ...answers, nearest } : answers;
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

/** What a tile is not filtered by although the page is, since the data of one of its questions lacks it. */
async function unfilteredBy(load: Load, tile: string, questions: Record<string, WidgetQuestion>): Promise<string[]> {
  // A report on forecasts is of a whole dataset, whatever the page shows of it.
  const filtered = Object.values(questions).filter(({ kind }) => kind !== "accuracy");
  const ids = new Set(filtered.map(({ query }) => query.dataset));
  const fields = await Promise.all([...ids].map(async (id) => {
    const { dataset } = await datasetOf(load, id);
    return unfiltered(load.dashboard, load.filters, { dataset, tile });
  }));
  return [...new Set(fields.flat())];
}

/** Everything that a tile's answers and looks depend on, as a short text. */
async function tileKey(
  load: Load,
  widget: Widget,
  { options, datasets, unfiltered }: Tile,
  { questions, written }: { questions: Record<string, WidgetQuestion>; written: WrittenAnswers },
): Promise<string> {
  const versions = await Promise.all(
    datasets.map(async (id) => {
      const { dataset, state } = await datasetOf(load, id);
      return [id, state.version, state.asOf, dataset.definitionVersion];
    }),
  );
  // A relative range means other days tomorrow, so the day is part of the question.
  const today = load.services.clock.now().toISOString().slice(0, 10);
  const { kind, version } = widget.manifest;
  const asked = { options, questions, datasets, unfiltered, written };
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

/** Every dataset that was looked at and is there. */
async function knownDatasets(load: Load): Promise<Dataset[]> {
  const settled = await Promise.allSettled(load.datasets.values());
  return settled.flatMap((one) => one.status === "fulfilled" ? [one.value.dataset] : []);
}

async function loadRange(load: Load): Promise<LoadedDashboard["range"]> {
  const { dataset, state } = await datasetOf(load, load.dashboard.filterBar.dataset);
  return resolveRange(load.filters.range, {
    timeZone: dataset.timeZone,
    now: load.services.clock.now(),
    dataRange: state.range,
  });
}

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
