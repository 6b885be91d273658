/** Which widgets suit what somebody wants to see: told from what their options can take, nothing else. Pure. */
import { controlOf, type JsonSchema, plainSchema } from "@/components/form/json_schema.ts";

/** What somebody wants to see of a dataset, in the order in which it was chosen. */
export interface Wanted {
  metrics: string[];
  dimensions: string[];
}

/** How many metrics and dimensions a widget's options take: at least, and at most. */
export interface Takes {
  metrics: [least: number, most: number];
  dimensions: [least: number, most: number];
}

/** What the options of a widget take, where so many dimensions are chosen. */
export function takesOf(schema: JsonSchema, dimensions = 0): Takes {
  const takes: Takes = { metrics: [0, 0], dimensions: [0, 0] };
  for (const [name, given] of Object.entries(schema.properties ?? {})) {
    const field = plainSchema(given, schema.$defs);
    // Some widgets take more metrics only where nothing is broken down.
    const alone = Object.values(field.when ?? {}).some((wanted) =>
      typeof wanted === "object" && "set" in wanted && !wanted.set
    );
    if (alone && dimensions > 0) continue;
    // A dimension with a default is always there; whether a metric is left out is the widget's own rule.
    const needed = (schema.required?.includes(name) ?? false) || typeof field.default === "string";
    switch (controlOf(field)) {
      case "metric":
        add(takes.metrics, needed || name === "metric" ? 1 : 0, 1);
        break;
      case "metrics":
        add(takes.metrics, field.minItems ?? 0, field.maxItems ?? 50);
        break;
      case "dimension":
        add(takes.dimensions, needed ? 1 : 0, 1);
        break;
      case "dimensions":
        add(takes.dimensions, field.minItems ?? 0, field.maxItems ?? 10);
        break;
    }
  }
  return takes;
}

/** How a widget suits what is wanted. */
export interface Suits {
  /** It shows all that is wanted, and nothing else. */
  fits: boolean;
  /** The smaller the better. */
  distance: number;
}

/**
 * What is wanted and not shown weighs most, then what has to be shown besides; of those that fit, the one made for so
 * much and no more comes first. A widget that asks no data suits nothing in particular.
 */
export function suits({ metrics, dimensions }: Takes, wanted: Wanted): Suits {
  if (metrics[1] + dimensions[1] === 0) return { fits: false, distance: 50 };
  const lost = over(wanted.metrics.length, metrics[1]) + over(wanted.dimensions.length, dimensions[1]);
  const besides = over(metrics[0], wanted.metrics.length) + over(dimensions[0], wanted.dimensions.length);
  const room = over(metrics[1], Math.max(wanted.metrics.length, metrics[0])) +
    over(dimensions[1], Math.max(wanted.dimensions.length, dimensions[0]));
  return { fits: lost === 0 && besides === 0, distance: lost * 10 + besides * 4 + Math.min(room, 10) / 10 };
}

function add(bounds: [number, number], least: number, most: number): void {
  bounds[0] += least;
  bounds[1] += most;
}

function over(a: number, b: number): number {
  return Math.max(a - b, 0);
}
