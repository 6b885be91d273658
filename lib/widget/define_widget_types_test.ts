/**
 * Mistakes of widget authors must fail to compile, at the author's own line: each `@ts-expect-error` below stands
 * directly above the line that has to be red, and type checking this file fails where it is not.
 */
import assert from "node:assert/strict";
import type { ComponentType } from "preact";
import { z } from "zod";
import { defineWidget, type WidgetProps } from "./mod.ts";

const options = z.strictObject({ dataset: z.string(), metric: z.string(), limit: z.number().default(5) });
const View: ComponentType<WidgetProps<z.output<typeof options>>> = () => null;
const OtherView: ComponentType<WidgetProps<{ campaign: string }>> = () => null;
const plain = { kind: "test", title: "Test", description: "A test", options, size: { columns: 3, rows: 2 } };

Deno.test("defineWidget() takes a widget whose parts fit, defaults filled in", () => {
  const widget = defineWidget({
    ...plain,
    query: ({ dataset, metric, limit }) => ({ dataset, metrics: [metric], limit }),
    View,
  });
  const parsed = widget.parse({ dataset: "ads", metric: "spend" }, 1);
  assert.ok(parsed.ok);
  assert.deepEqual(widget.queries(parsed.options), {
    main: { kind: "metric", query: { dataset: "ads", metrics: ["spend"], limit: 5 } },
  });
});

Deno.test("defineWidget() makes authors' mistakes compile errors at their line", () => {
  const mistakes = [
    defineWidget({
      ...plain,
      // @ts-expect-error a misspelt option
      query: ({ dataset, metrik }) => ({ dataset, metrics: [metrik] }),
      View,
    }),
    defineWidget({
      ...plain,
      // @ts-expect-error a grain that does not exist
      query: ({ dataset, metric }) => ({ dataset, metrics: [metric], grain: "fortnight" }),
      View,
    }),
    defineWidget({
      ...plain,
      // @ts-expect-error a misspelt field of the question
      query: ({ dataset, metric }) => ({ dataset, metrics: [metric], dimension: ["campaign"] }),
      View,
    }),
    defineWidget({
      ...plain,
      // @ts-expect-error a question without metrics
      query: ({ dataset }) => ({ dataset }),
      View,
    }),
    defineWidget({
      ...plain,
      // @ts-expect-error a kind of question that does not exist
      queries: ({ dataset, metric }) => ({ main: { kind: "sql", query: { dataset, metrics: [metric] } } }),
      View,
    }),
    defineWidget({
      ...plain,
      query: ({ dataset, metric }) => ({ dataset, metrics: [metric] }),
      // @ts-expect-error another widget's view
      View: OtherView,
    }),
    defineWidget({
      ...plain,
      query: ({ dataset, metric }) => ({ dataset, metrics: [metric] }),
      View,
      // @ts-expect-error an option of another type
      chart: ({ options }) => options.limit.toUpperCase(),
    }),
  ];
  assert.equal(mistakes.length, 7);
});
