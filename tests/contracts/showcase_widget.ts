/** A widget with a field of every kind that forms can draw: what a plugin's author may write, and nothing else. */
import { z } from "zod";
import { dateRangeSchema, filterSchema } from "@/lib/model/mod.ts";
import { defineWidget } from "@/lib/widget/mod.ts";
import { colourField, datasetField, dimensionField, grainField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of every kind. */
export const showcaseOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField,
  more: z.array(z.string()).min(1).max(2).default(["clicks"]).meta({ label: "Two more", control: "metrics" }),
  dimension: dimensionField.optional(),
  rows: z.array(z.string()).max(3).default([]).meta({ label: "Rows", control: "dimensions" }),
  grain: grainField,
  headline: z.string().min(3).max(20).meta({
    label: "Headline",
    help: "Above the number",
    placeholder: "Spend so far",
  }),
  code: z.string().regex(/^[A-Z]{2}$/).optional().meta({ label: "Country code", fault: "Write two capital letters" }),
  story: z.string().max(5_000).default("").meta({ label: "Story", control: "markdown" }),
  link: z.url().optional().meta({ label: "Link" }),
  since: z.iso.date().optional().meta({ label: "Since" }),
  goal: z.number().min(0).multipleOf(0.5).nullable().default(null).meta({ label: "Goal" }),
  count: z.int().min(1).max(30).default(5).meta({ label: "Count" }),
  on: z.boolean().default(false).meta({ label: "Show the goal", help: "As a dashed line" }),
  tone: z.enum(["quiet", "loud"]).default("quiet").meta({ label: "Tone", titles: { loud: "Very loud" } }),
  size: z.enum(["xs", "s", "m", "l", "xl", "xxl"]).default("m").meta({ label: "Size" }),
  parts: z.array(z.enum(["title", "legend", "total"])).min(1).default(["title"]).meta({ label: "Parts" }),
  colour: colourField.default("series-2").meta({ label: "Colour", control: "colour" }),
  words: z.array(z.string().max(12)).max(3).default([]).meta({ label: "Words" }),
  steps: z.array(z.number()).default([]).meta({ label: "Steps" }),
  filter: filterSchema.optional().meta({ label: "Only rows where", control: "filter" }),
  days: dateRangeSchema.optional().meta({ label: "Days", control: "range" }),
  frame: z.strictObject({
    width: z.int().min(0).max(8).default(1).meta({ label: "Frame width" }),
    round: z.boolean().default(true).meta({ label: "Round corners" }),
  }).default({ width: 1, round: true }).meta({ label: "Frame" }),
  goals: z.array(
    z.strictObject({
      name: z.string().min(1).meta({ label: "Goal name" }),
      value: z.number().positive().meta({ label: "Goal value" }),
    }).meta({ label: "Step" }),
  ).max(3).default([]).meta({ label: "Steps on the way" }),
  limit: z.int().min(1).default(10).meta({ label: "Bars at most", when: { dimension: { set: true } } }),
  dash: z.int().min(1).default(3).meta({ label: "Dash", when: { on: true } }),
  target: z.discriminatedUnion("from", [
    z.strictObject({ from: z.literal("number"), amount: z.number().default(100).meta({ label: "Amount" }) })
      .meta({ label: "A number" }),
    z.strictObject({ from: z.literal("metric"), of: metricField.meta({ label: "Metric of the target" }) })
      .meta({ label: "Another metric" }),
  ]).default({ from: "number", amount: 100 }).meta({ label: "Target" }),
});

/** The widget. */
export default defineWidget({
  kind: "showcase",
  title: "Showcase",
  description: "Every kind of option",
  options: showcaseOptions,
  size: { columns: 4, rows: 3 },
  query: ({ dataset, metric }) => ({ dataset, metrics: [metric] }),
  View: () => null,
});
