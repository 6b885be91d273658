/** A template becomes a dashboard over the data that is there. What has no data is left out, and named. */
import { type Dashboard, type Filter, type Placement, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { Widget, WidgetQuestion } from "@/lib/widget/mod.ts";
import { tilesOfRow } from "./row_places.ts";
import type { Template, TemplateTile } from "./templates/mod.ts";
import { type Needs, type Standing, whatStands } from "./what_stands.ts";

/** Something that a template needs and the data lacks. */
export interface Missing {
  kind: "metric" | "dimension";
  name: string;
  title: string;
  dataset: { id: string; title: string };
  /** Whether the dataset has any rows at all. */
  filled: boolean;
  /** Titles of the tiles that show less for it, or are not there. */
  tiles: string[];
}

/** A template over the data at hand. */
export interface FilledTemplate {
  template: Pick<Template, "id" | "title" | "goal">;
  /** As `createDashboard` takes it, but for its id. */
  dashboard: Pick<Dashboard, "title" | "description" | "defaults" | "filters" | "filterBar" | "placements">;
  missing: Missing[];
  /** Titles of the datasets with rows that it shows. */
  datasets: string[];
}

type Outside = Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources" | "widgets">;

/** A tile with what it asks. */
interface AskingTile {
  tile: TemplateTile;
  height: number;
  widget: Widget;
  questions: WidgetQuestion["query"][];
}

/**
 * Fills a template. Where there is no data at all, all of it is kept: it shows numbers as soon as there are some.
 * Throws `TypeError` for a template that names a widget or options that do not exist.
 */
export async function fillTemplate(services: Outside, viewer: Viewer, template: Template): Promise<FilledTemplate> {
  const rows = await Promise.all(
    template.rows.map(({ height, tiles }) => Promise.all(tiles.map((tile) => askingTile(services, tile, height)))),
  );
  const needs = needsOf(rows.flat());
  const standing = await whatStands(services, viewer, needs, template.filters);
  const empty = [...standing.values()].every(({ metrics }) => metrics.size === 0);
  const kept = rows.map((row) =>
    row.flatMap((asking) => {
      const role = standing.get(asking.tile.options.dataset)!;
      const options = empty ? asking.tile.options : fittingOptions(asking, role);
      return options ? [{ ...asking, options: { ...options, dataset: role.dataset.id } }] : [];
    })
  );
  let y = 0;
  const placements = kept.flatMap((row): Placement[] => {
    const height = row[0]?.height ?? 0;
    const places = tilesOfRow(row.map(({ tile }) => tile.width), y, height);
    y += height;
    return row.map(({ tile, widget, options }, index) => ({
      id: tile.id,
      widget: tile.widget,
      widgetVersion: widget.manifest.version,
      title: tile.title,
      options,
      place: places[index]!,
    }));
  });
  const bar = standing.get(template.filterBar.dataset)!;
  const offered = template.filterBar.dimensions.filter((name) => empty || bar.dimensions.has(name));
  const filled = [...standing.values()].filter(({ metrics }) => metrics.size > 0);
  return {
    template: { id: template.id, title: template.title, goal: template.goal },
    dashboard: {
      title: template.title,
      description: template.goal,
      defaults: template.defaults,
      ...(keepsFilter(template.filters, bar) ? { filters: template.filters } : {}),
      filterBar: { dataset: bar.dataset.id, dimensions: offered },
      placements,
    },
    missing: needs.flatMap((need) => missingOf(need, standing.get(need.role)!, rows.flat())),
    datasets: [...new Set(filled.map(({ dataset }) => dataset.title))],
  };
}

async function askingTile(services: Outside, tile: TemplateTile, height: number): Promise<AskingTile> {
  const widget = await services.widgets.load(tile.widget);
  const parsed = widget?.parse(tile.options, widget.manifest.version);
  if (!widget || !parsed?.ok) {
    throw new TypeError(
      `Cannot fill the tile "${tile.id}": ${
        parsed && !parsed.ok ? parsed.errors.join("; ") : `no widget "${tile.widget}"`
      }`,
    );
  }
  return { tile, height, widget, questions: Object.values(widget.queries(parsed.options)).map(({ query }) => query) };
}

function metricsOf({ questions }: AskingTile): string[] {
  return questions.flatMap(metricsAsked);
}

/** The metrics that a question names; one about how right forecasts were names none. */
function metricsAsked(query: WidgetQuestion["query"]): string[] {
  if ("metrics" in query) return query.metrics.filter((metric) => typeof metric === "string");
  return "metric" in query && query.metric !== undefined ? [query.metric] : [];
}

function dimensionsOf({ questions }: AskingTile): string[] {
  return questions.flatMap((query) => "dimensions" in query ? query.dimensions ?? [] : []);
}

function needsOf(tiles: AskingTile[]): Needs[] {
  const roles = Map.groupBy(tiles, ({ tile }) => tile.options.dataset);
  return [...roles].map(([role, group]) => ({
    role,
    metrics: new Set(group.flatMap(metricsOf)),
    dimensions: new Set(group.flatMap(dimensionsOf)),
  }));
}

/** The options without metrics and rows that have no data; null where nothing is left to show. */
function fittingOptions(asking: AskingTile, standing: Standing): Record<string, unknown> | null {
  const lacks = new Set([
    ...metricsOf(asking).filter((name) => !standing.metrics.has(name)),
    ...dimensionsOf(asking).filter((name) => !standing.dimensions.has(name)),
  ]);
  const { widget, tile } = asking;
  if (lacks.size === 0) return tile.options;
  const properties = widget.manifest.options.properties as Record<string, { control?: string }>;
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(tile.options)) {
    const control = properties[name]?.control;
    // Without its dimension a chart would show something else under the same title.
    if (control === "dimension" && lacks.has(String(value))) return null;
    const list = control === "metrics" || control === "dimensions";
    const left = list ? (value as string[]).filter((one) => !lacks.has(one)) : value;
    if (list && (left as string[]).length === 0 && (value as string[]).length > 0) return null;
    if (control !== "metric" || !lacks.has(String(value))) options[name] = left;
  }
  const parsed = widget.parse(options, widget.manifest.version);
  if (!parsed.ok) return null;
  const asked = Object.values(widget.queries(parsed.options)).flatMap(({ query }) => metricsAsked(query));
  return asked.some((name) => lacks.has(name)) ? null : options;
}

function missingOf({ role, metrics, dimensions }: Needs, standing: Standing, tiles: AskingTile[]): Missing[] {
  const { dataset, filled } = standing;
  const lacking = (kind: Missing["kind"], name: string, title: string): Missing => ({
    kind,
    name,
    title,
    dataset: { id: dataset.id, title: dataset.title },
    filled,
    tiles: tiles.filter((asking) =>
      asking.tile.options.dataset === role &&
      (kind === "metric" ? metricsOf(asking) : dimensionsOf(asking)).includes(name)
    ).map(({ tile }) => tile.title),
  });
  const titleOf = (list: { name: string; title: string }[], name: string) =>
    list.find((one) => one.name === name)?.title ?? name;
  return [
    ...[...metrics].filter((name) => !standing.metrics.has(name)).map((name) =>
      lacking("metric", name, titleOf(dataset.metrics, name))
    ),
    // Without rows the breakdowns are missing too, which nobody has to be told one by one.
    ...[...dimensions].filter((name) => filled && !standing.dimensions.has(name)).map((name) =>
      lacking("dimension", name, titleOf(dataset.columns, name))
    ),
  ];
}

function keepsFilter(filters: Filter | undefined, { dataset }: Standing): boolean {
  return filters !== undefined && "field" in filters && dataset.columns.some(({ name }) => name === filters.field);
}
