/**
 * Opening a value in a tile: by the next finer dimension or calendar unit, in the place of the one it stood in. It is
 * written into the widget's options by the controls that they name, so that every widget can be opened unasked. Pure
 * but for looking up datasets.
 */
import { type Dataset, finerGrain, nextDimension } from "@/lib/model/mod.ts";
import { PERIOD } from "@/lib/model/selections.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { Widget } from "@/lib/widget/mod.ts";

/** One step into a tile. */
export interface TrailStep {
  field: string;
  /** A value of the field; for `period` two days, `from..to`. */
  value: string;
  /** The field that is shown in its place, and what it is called. */
  into: { field: string; title: string };
}

/** A tile as far as it was opened. */
export interface OpenedTile {
  options: unknown;
  trail: TrailStep[];
  opens: Record<string, string>;
}

type Known = { dataset: Dataset; state: Pick<DatasetState, "levels"> };

/** Opens a tile step by step. A step that cannot be taken (any more) ends the way; the rest of it is left out. */
export async function openTile(
  widget: Widget,
  options: unknown,
  steps: readonly { field: string; value: string }[],
  datasetOf: (id: string) => Promise<Known>,
): Promise<OpenedTile> {
  const trail: TrailStep[] = [];
  const query = mainQuery(widget, options);
  if (!query) return { options, trail, opens: {} };
  const known = await datasetOf(query.dataset);
  let opened = options;
  for (const { field, value } of steps) {
    const next = stepInto(widget, opened, { field, trail, ...known });
    if (!next) break;
    trail.push({ field, value, into: next.into });
    opened = next.options;
  }
  const shown = mainQuery(widget, opened);
  const fields = [...shown?.dimensions ?? [], ...shown?.grain ? [PERIOD] : []];
  const opens = fields.flatMap((field): [string, string][] => {
    const next = stepInto(widget, opened, { field, trail, ...known });
    return next ? [[field, next.into.title]] : [];
  });
  return { options: opened, trail, opens: Object.fromEntries(opens) };
}

function mainQuery(widget: Widget, options: unknown) {
  const [question] = Object.values(widget.queries(options));
  return question?.kind === "metric" ? question.query : undefined;
}

function stepInto(
  widget: Widget,
  options: unknown,
  { field, trail, dataset, state }: Known & { field: string; trail: TrailStep[] },
): { options: unknown; into: TrailStep["into"] } | null {
  const query = mainQuery(widget, options);
  const dimensions = query?.dimensions ?? [];
  if (field === PERIOD) {
    const grain = query?.grain && finerGrain(query.grain);
    const opened = grain ? rewritten(widget, options, (control) => control === "grain" ? () => grain : null) : null;
    if (!grain || !opened || mainQuery(widget, opened)?.grain !== grain) return null;
    return { options: opened, into: { field: PERIOD, title: grain } };
  }
  if (!dimensions.includes(field)) return null;
  const held = [...trail.map((step) => step.field).filter((name) => name !== PERIOD), ...dimensions];
  const column = nextDimension(dataset, state.levels, field, held);
  if (!column) return null;
  const replace = (value: unknown) => value === field ? column.name : value;
  const opened = rewritten(
    widget,
    options,
    (control) =>
      control === "dimensions"
        ? (value) => Array.isArray(value) ? [...new Set(value.map(replace))] : value
        // A table may be sorted by the dimension that goes.
        : control === "dimension" || control === "metric"
        ? replace
        : null,
  );
  const asked = opened ? mainQuery(widget, opened)?.dimensions ?? [] : [];
  if (!asked.includes(column.name) || asked.includes(field)) return null;
  return { options: opened, into: { field: column.name, title: column.title } };
}

/** The options with a change by control, checked; null where they do not fit then. */
function rewritten(
  widget: Widget,
  options: unknown,
  changeOf: (control: string | undefined) => ((value: unknown) => unknown) | null,
): unknown {
  const properties = (widget.manifest.options.properties ?? {}) as Record<string, { control?: string }>;
  const next: Record<string, unknown> = { ...options as Record<string, unknown> };
  for (const [name, { control }] of Object.entries(properties)) {
    const change = changeOf(control);
    const value = change?.(next[name]);
    if (value !== undefined) next[name] = value;
  }
  const parsed = widget.parse(next, widget.manifest.version);
  return parsed.ok ? parsed.options : null;
}
