/**
 * The widget contract. A widget is `options.ts` (zod), `View.tsx` (plain props) and `mod.ts`, which joins them with
 * `defineWidget`. `queries` and `migrate` are pure and synchronous, JSON in and out; the View gets JSON only.
 */
import type { ComponentType } from "preact";
import { z } from "zod";
import type {
  AccuracyReport,
  AnomaliesAnswer,
  AnomaliesQueryInput,
  DateRange,
  ForecastAnswer,
  ForecastQueryInput,
  MetricQueryInput,
  MetricResult,
  PageFilters,
  TiersAnswer,
  TiersQueryInput,
} from "@/lib/model/mod.ts";
import type { ChartSpec } from "./chart_spec.ts";

/** A named question of a widget. More kinds join as the product learns to answer them. */
export type WidgetQuestion =
  | { kind: "metric"; query: MetricQueryInput }
  | { kind: "forecast"; query: ForecastQueryInput }
  | { kind: "accuracy"; query: { dataset: string } }
  | { kind: "anomalies"; query: AnomaliesQueryInput }
  | { kind: "tiers"; query: TiersQueryInput };

/**
 * What a View may tell the page: that a value was chosen (`additive`: besides what is chosen already), that it is to be
 * opened, that options changed, that an anomaly is put aside or brought back, that the page is to show other days or
 * compare them with others. The field `period` stands for days, its values are `from..to`; "" is no value.
 */
export type WidgetEvent =
  | { type: "select"; field: string; value: string; additive: boolean }
  | { type: "drill"; field: string; value: string }
  | { type: "options"; options: Record<string, unknown> }
  | AnomalyEvent
  | { type: "days"; range?: DateRange; compare?: NonNullable<PageFilters["compare"]> };

/** What the page shows: its days as they were chosen, and which they are now; null without data. */
export interface PageDays extends Pick<PageFilters, "range" | "compare"> {
  days: { from: string; to: string } | null;
}

/** That an anomaly, as it stood in a version, is put aside with a reason, or brought back. */
export type AnomalyEvent =
  & { dataset: string; anomaly: string; version: number }
  & ({ type: "dismiss"; reason: string } | { type: "restore" });

/** What a View gets: JSON only. */
export interface WidgetProps<Options> {
  title: string;
  options: Options;
  /** Answers to metric questions by question name. */
  results: Record<string, MetricResult>;
  /** Answers to forecast questions by question name; absent where none was asked. */
  forecasts?: Record<string, ForecastAnswer>;
  /** How right a dataset's kept forecasts were, by question name; null where none is kept yet. */
  accuracy?: Record<string, AccuracyReport | null>;
  /** Answers to questions for what stood out by question name; absent where none was asked. */
  anomalies?: Record<string, AnomaliesAnswer>;
  /** Answers to questions for what becomes of campaigns by question name; absent where none was asked. */
  tiers?: Record<string, TiersAnswer>;
  /** The first answer, for widgets with one question. */
  result: MetricResult;
  locale: string;
  /** Grid cells the tile has; `narrow` on a phone. */
  size: { columns: number; rows: number; narrow: boolean };
  /** Colours that stay with values across a dashboard: value → series number 1–8. */
  colors: Record<string, number>;
  /** What was chosen in this tile, by field. */
  selected?: Record<string, string[]>;
  /** The page's days and comparison; absent where no page is around. */
  page?: PageDays;
  /** Sends an event to the page; absent where nothing listens (pictures, exports). */
  dispatch?: (event: WidgetEvent) => void;
  /** The server's drawing of this chart as SVG; absent in the browser after the first paint. */
  picture?: string;
}

/** What the pure parts of a widget get besides options. */
export type ChartInput<Options> = Omit<WidgetProps<Options>, "dispatch" | "picture" | "selected" | "page">;

/** A question with no field besides those that questions have, so that a misspelt one fails to compile. */
export type ExactQuery<Query extends MetricQueryInput> =
  & Query
  & { [Field in Exclude<keyof Query, keyof MetricQueryInput>]: never };

/** What an author writes. */
export interface WidgetDefinition<Schema extends z.ZodType, Query extends MetricQueryInput = MetricQueryInput> {
  /** Stored in dashboards: never changes. */
  kind: string;
  /** Version of the options' shape. @default 1 */
  version?: number;
  title: string;
  description: string;
  options: Schema;
  /** Grid cells a new placement gets. */
  size: { columns: number; rows: number };
  /** Named questions; `query` is shorthand for one metric question named "main". */
  queries?: (options: z.output<Schema>) => Record<string, WidgetQuestion>;
  query?: (options: z.output<Schema>) => ExactQuery<Query>;
  /** Whether the widget shows what the page compares with; where not, it is not asked. @default always */
  compares?: (options: z.output<Schema>) => boolean;
  View: ComponentType<WidgetProps<z.output<Schema>>>;
  /** The chart, as data: drawn by the server for the first paint, and by the View in the browser. */
  chart?: (input: ChartInput<z.output<Schema>>) => ChartSpec | null;
  /** Brings options of an older version to this one. */
  migrate?: (options: Record<string, unknown>, fromVersion: number) => Record<string, unknown>;
}

/** A widget as JSON: what the API and the editor know of it. */
export interface WidgetManifest {
  kind: string;
  version: number;
  apiVersion: 1;
  title: string;
  description: string;
  size: { columns: number; rows: number };
  /** JSON Schema of the options, with `label` and `control` kept. */
  options: Record<string, unknown>;
  permissions: string[];
}

/** Options that were checked, or why they cannot be used. */
export type ParsedOptions = { ok: true; options: unknown } | { ok: false; errors: string[] };

/** A widget as the host sees it: everything takes `unknown` and parses first, so all widgets fit one list. */
export interface Widget {
  readonly manifest: WidgetManifest;
  /** Migrates and checks stored options. */
  parse(options: Record<string, unknown>, version: number): ParsedOptions;
  /** The questions of options that `parse` answered. */
  queries(options: unknown): Record<string, WidgetQuestion>;
  /** Whether these options show the page's comparison. */
  compares(options: unknown): boolean;
  chart(input: ChartInput<unknown>): ChartSpec | null;
  readonly View: ComponentType<WidgetProps<never>>;
}

/** The host's list of widgets: a manifest at once, the rest on demand. */
export interface WidgetRegistry {
  manifests(): WidgetManifest[];
  load(kind: string): Promise<Widget | null>;
}

/** Draws chart specs without a browser; cached by content. */
export interface Pictures {
  /** SVG text with token colours as CSS variables, or null where it could not be drawn in time. Sizes in CSS pixels. */
  draw(spec: ChartSpec, size: { width: number; height: number }, locale: string): Promise<string | null>;
  close(): Promise<void>;
}

/** Makes a widget of its definition. Throws `TypeError` for a kind that is no kebab-case name, or without a question. */
export function defineWidget<Schema extends z.ZodType, Query extends MetricQueryInput>(
  definition: WidgetDefinition<Schema, Query>,
): Widget {
  const { kind, version = 1, title, description, options: schema, size, queries, query, chart, migrate } = definition;
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(kind)) {
    throw new TypeError(`Cannot define the widget "${kind}": a kind is lower-case letters, digits and -`);
  }
  if (kind === "section") {
    throw new TypeError(
      'Cannot define the widget "section": dashboards draw their sections themselves; choose another kind',
    );
  }
  if (queries && query) throw new TypeError(`Cannot define the widget "${kind}": give queries or query, not both`);
  const manifest: WidgetManifest = {
    kind,
    version,
    apiVersion: 1,
    title,
    description,
    size,
    options: z.toJSONSchema(schema, { io: "input" }) as Record<string, unknown>,
    permissions: [],
  };
  return {
    manifest,
    parse(options, fromVersion) {
      if (fromVersion > version) {
        return { ok: false, errors: [`made with version ${fromVersion} of this widget, and ${version} is installed`] };
      }
      const migrated = migrate && fromVersion < version ? migrate(options, fromVersion) : options;
      const parsed = schema.safeParse(migrated);
      if (parsed.success) return { ok: true, options: parsed.data };
      return { ok: false, errors: parsed.error.issues.map((i) => `${i.path.join(".") || "options"}: ${i.message}`) };
    },
    queries(options) {
      const known = options as z.output<Schema>; // parse() answered it
      if (query) return { main: { kind: "metric", query: query(known) } };
      return queries?.(known) ?? {};
    },
    compares(options) {
      return definition.compares?.(options as z.output<Schema>) ?? true;
    },
    chart(input) {
      return chart?.(input as ChartInput<z.output<Schema>>) ?? null;
    },
    View: definition.View as ComponentType<WidgetProps<never>>,
  };
}

/** A registry over a fixed list. Throws `TypeError` where two widgets have one kind. */
export function widgetRegistry(widgets: readonly Widget[]): WidgetRegistry {
  const byKind = new Map<string, Widget>();
  for (const widget of widgets) {
    const { kind } = widget.manifest;
    if (byKind.has(kind)) throw new TypeError(`Cannot register the widget "${kind}": its kind is taken`);
    byKind.set(kind, widget);
  }
  return {
    manifests: () => widgets.map((widget) => widget.manifest),
    load: (kind) => Promise.resolve(byKind.get(kind) ?? null),
  };
}
