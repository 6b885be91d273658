/** A dashboard: placements of widgets on a 12-column grid, and the filters they share. */
import { z } from "zod";
import { daySchema, documentIdSchema, slugSchema } from "./ids.ts";
import { dateRangeSchema, filterSchema, inlineMetricSchema } from "./metric_query.ts";

/** Where a placement stands: columns 0–11, rows of 72 px; `static/grid.css` has a class for each number. */
export const placeSchema = z.object({
  x: z.int().min(0).max(11),
  y: z.int().min(0).max(199),
  w: z.int().min(1).max(12),
  h: z.int().min(1).max(40),
});

/** How a tile stands on a phone where it is not as derived: in reading order, as high as it is on the grid. */
export const phonePlaceSchema = z.strictObject({
  /** Where among the tiles of its tab; the least comes first. A tile without one follows the tile it is read after. */
  order: z.number().min(-1_000).max(1_000).optional(),
  /** Left out on a phone. */
  hidden: z.boolean().optional(),
  /** Rows of 72 px. */
  h: z.int().min(1).max(40).optional(),
  /** Of two columns. */
  w: z.int().min(1).max(2).optional(),
});
/** How a tile stands on a phone. */
export type PhonePlace = z.output<typeof phonePlaceSchema>;

/** A widget with options and a place. Kind and version stay even where no such widget is installed. */
export const placementSchema = z.looseObject({
  id: documentIdSchema,
  widget: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  widgetVersion: z.int().min(1).default(1),
  title: z.string().max(200).default(""),
  options: z.record(z.string(), z.unknown()).default({}),
  /** Within its tab. */
  place: placeSchema,
  /** The tab it is on. Without one, or where there is no such tab, it is on the first. */
  tab: documentIdSchema.optional(),
  /** How it stands on a phone, where that is not derived. */
  phone: phonePlaceSchema.optional(),
  /** Always applied to this tile, on top of what the page filters by. */
  filters: filterSchema.optional(),
  /** The tile's own days: neither the page's range nor days chosen in other tiles hold for it. */
  range: dateRangeSchema.optional(),
  /** Metrics of the tile's own: its options choose them by name, as they do those of the dataset. */
  formulas: z.array(inlineMetricSchema).max(20).optional(),
});
/** A widget with options and a place. */
export type Placement = z.output<typeof placementSchema>;

/** A tab of a dashboard: its own grid of tiles under a name. */
export const tabSchema = z.looseObject({
  id: documentIdSchema,
  name: z.string().trim().min(1).max(80),
  /** Always applied to the tiles of this tab, on top of what the dashboard and the visitor filter by. */
  filters: filterSchema.optional(),
});
/** A tab of a dashboard. */
export type Tab = z.output<typeof tabSchema>;

const spanSchema = z.tuple([daySchema, daySchema]).refine(([from, to]) => from <= to);

/**
 * A value of a dimension as it stands in one tile: chosen there, or opened there. The field `period` stands for days,
 * `from..to`; an empty value is "no value".
 */
export const tileValueSchema = z.strictObject({ tile: documentIdSchema, field: slugSchema, value: z.string().max(500) })
  .refine(
    ({ field, value }) => field !== "period" || spanSchema.safeParse(value.split("..")).success,
    "the value of period is two days, from..to",
  );
/** A value of a dimension as it stands in one tile. */
export type TileValue = z.output<typeof tileValueSchema>;

/** The filters of a page: what the filter bar holds and the URL carries. */
export const pageFiltersSchema = z.strictObject({
  range: dateRangeSchema.optional(),
  compare: z.enum(["none", "previous-period", "previous-year", "aligned-weekdays"]).optional(),
  /** A moment: the numbers as they stood then. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** Chosen values by dimension: `{ platform: ["google_ads"] }`. */
  values: z.record(slugSchema, z.array(z.string().max(500)).max(200)).default({}),
  /** What was chosen in tiles: every other tile shows only that. */
  selections: z.array(tileValueSchema).max(100).optional(),
  /** What was opened in tiles, outermost first: such a tile shows what the value consists of. */
  drills: z.array(tileValueSchema).max(40).optional(),
  /** The tab that is open; the first where none is named, or none of that id is there. */
  tab: documentIdSchema.optional(),
  /** Sections that the visitor closed (true) or opened (false); the others are as the document says. */
  folds: z.record(documentIdSchema, z.boolean()).optional(),
});
/** The filters of a page. */
export type PageFilters = z.output<typeof pageFiltersSchema>;

/** Who saved a dashboard last, and why: written by the server. */
export const savedSchema = z.object({
  author: z.string().max(200),
  at: z.iso.datetime(),
  note: z.string().max(500).default(""),
});

/** A dashboard document. `version` is the stored document's, for If-Match. */
export const dashboardSchema = z.looseObject({
  id: documentIdSchema,
  title: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).optional(),
  /** The range and comparison a visitor without a choice sees. */
  defaults: pageFiltersSchema.omit({ selections: true, drills: true, tab: true, folds: true }).default({ values: {} }),
  /** Which dimensions the filter bar offers, of which dataset. */
  filterBar: z.object({ dataset: slugSchema, dimensions: z.array(slugSchema).max(12) }).default({
    dataset: "ads",
    dimensions: ["platform", "campaign", "country"],
  }),
  /** Always applied, on top of what the visitor chooses. */
  filters: filterSchema.optional(),
  /** Left out where there is one page without a name. */
  tabs: z.array(tabSchema).min(1, "leave tabs out where there is only one page").max(40)
    .refine((tabs) => new Set(tabs.map(({ id }) => id)).size === tabs.length, "two tabs have the same id").optional(),
  placements: z.array(placementSchema).max(200).default([]),
  /** Of the version that stands; what a client sends here is not looked at. */
  saved: savedSchema.optional(),
});
/** A dashboard document. */
export type Dashboard = z.output<typeof dashboardSchema>;
