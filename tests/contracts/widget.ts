/** What every widget must keep: the suite that each widget's own test runs. */
import assert from "node:assert/strict";
import { h } from "preact";
import type { ComponentType } from "preact";
import { renderToString } from "preact-render-to-string";
import { z } from "zod";
import {
  type AccuracyReport,
  type AnomaliesAnswer,
  anomaliesQuerySchema,
  type ForecastAnswer,
  forecastQuerySchema,
  metricQuerySchema,
  type MetricResult,
  slugSchema,
  type TiersAnswer,
  tiersQuerySchema,
} from "@/lib/model/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { Widget, WidgetProps } from "@/lib/widget/mod.ts";
import { anomaliesAnswer } from "./anomaly_answers.ts";
import { accuracyAnswer, forecastAnswer } from "./forecast_answers.ts";
import { tiersAnswer } from "./tier_answers.ts";
import { answer, type AnswerOptions } from "./widget_answers.ts";

/** What a question of each kind must be. */
const QUESTIONS = {
  metric: metricQuerySchema,
  forecast: forecastQuerySchema,
  accuracy: z.strictObject({ dataset: slugSchema }),
  anomalies: anomaliesQuerySchema,
  tiers: tiersQuerySchema,
};

/** What is put into the suite. */
export interface WidgetContract {
  widget: Widget;
  /** Options worth looking at; the first is the smallest that suffices. */
  options: Record<string, unknown>[];
}

/** A widget under one set of options and one kind of answers. */
export interface WidgetCase {
  options: Record<string, unknown>;
  answers?: AnswerOptions;
  narrow?: boolean;
}

/** What a widget shows: the HTML of its view and its chart. */
export interface ShownWidget {
  html: string;
  spec: ChartSpec | null;
  results: Record<string, MetricResult>;
  forecasts: Record<string, ForecastAnswer>;
  accuracy: Record<string, AccuracyReport | null>;
  anomalies: Record<string, AnomaliesAnswer>;
  tiers: Record<string, TiersAnswer>;
}

/** Asks, charts and draws a widget, as the host does. */
export function show(widget: Widget, { options, answers = {}, narrow = false }: WidgetCase): ShownWidget {
  const parsed = widget.parse(options, widget.manifest.version);
  assert.ok(parsed.ok, `options ${JSON.stringify(options)}: ${parsed.ok || parsed.errors.join("; ")}`);
  const questions = Object.entries(widget.queries(parsed.options));
  const results = Object.fromEntries(
    questions.flatMap(([name, one]) => one.kind === "metric" ? [[name, answer(one.query, answers)]] : []),
  );
  const forecasts = Object.fromEntries(
    questions.flatMap(([name, one]) => one.kind === "forecast" ? [[name, forecastAnswer(one.query, answers)]] : []),
  );
  const accuracy = Object.fromEntries(
    questions.flatMap(([name, one]) =>
      one.kind === "accuracy" ? [[name, accuracyAnswer(one.query.dataset, answers)]] : []
    ),
  );
  const anomalies = Object.fromEntries(
    questions.flatMap(([name, one]) => one.kind === "anomalies" ? [[name, anomaliesAnswer(one.query, answers)]] : []),
  );
  const tiers = Object.fromEntries(
    questions.flatMap(([name, one]) => one.kind === "tiers" ? [[name, tiersAnswer(answers)]] : []),
  );
  const input = {
    title: "",
    options: parsed.options,
    results,
    ...Object.keys(forecasts).length ? { forecasts } : {},
    ...Object.keys(accuracy).length ? { accuracy } : {},
    ...Object.keys(anomalies).length ? { anomalies } : {},
    ...Object.keys(tiers).length ? { tiers } : {},
    // A widget without a question has no result; its view must not look for one.
    result: Object.values(results)[0] as MetricResult,
    locale: "en-GB",
    size: { columns: 6, rows: 4, narrow },
    colors: { google_ads: 1, meta: 2 },
  };
  const View = widget.View as unknown as ComponentType<WidgetProps<unknown>>;
  return {
    html: renderToString(h(View, input)),
    spec: widget.chart(input),
    results,
    forecasts,
    accuracy,
    anomalies,
    tiers,
  };
}

/** Registers the tests of a widget. */
export function testWidget({ widget, options }: WidgetContract): void {
  const { kind, version } = widget.manifest;
  const [smallest = {}] = options;
  const every = (
    answers: AnswerOptions,
    check: (shown: ShownWidget, options: Record<string, unknown>) => void,
  ): void => options.forEach((chosen) => check(show(widget, { options: chosen, answers }), chosen));

  Deno.test(`widget ${kind}: its manifest is JSON and its options keep label and control`, () => {
    const manifest = JSON.parse(JSON.stringify(widget.manifest));
    assert.deepEqual(manifest, widget.manifest);
    const { properties } = manifest.options as { properties: Record<string, { label?: string; control?: string }> };
    for (const [name, { label, control }] of Object.entries(properties)) {
      assert.ok(label, `option "${name}" has a label`);
      assert.ok(control, `option "${name}" names its control`);
    }
    assert.ok(widget.manifest.description.length > 10);
  });

  Deno.test(`widget ${kind}: refuses options that are misspelt, and takes back those it made`, () => {
    const misspelt = widget.parse({ ...smallest, metricc: "spend" }, version);
    assert.equal(misspelt.ok, false);
    for (const chosen of options) {
      const parsed = widget.parse(chosen, version);
      assert.ok(parsed.ok);
      assert.deepEqual(widget.parse(JSON.parse(JSON.stringify(parsed.options)), version), parsed);
    }
  });

  Deno.test(`widget ${kind}: asks well-formed questions, the same each time`, () => {
    for (const chosen of options) {
      const parsed = widget.parse(chosen, version);
      assert.ok(parsed.ok);
      const before = JSON.stringify(parsed.options);
      const questions = widget.queries(parsed.options);
      assert.deepEqual(widget.queries(parsed.options), questions);
      assert.equal(JSON.stringify(parsed.options), before, "options are not changed");
      for (const [name, question] of Object.entries(questions)) {
        assert.ok(QUESTIONS[question.kind].safeParse(question.query).success, name);
        assert.equal(
          "range" in question.query ? question.query.range : undefined,
          undefined,
          "the range is the page's",
        );
      }
    }
  });

  Deno.test(`widget ${kind}: charts are JSON with one value per label`, () => {
    for (const answers of [{}, { compare: true }, { kind: "currencies", compare: true }] as AnswerOptions[]) {
      every(answers, ({ spec }) => {
        if (!spec) return;
        assert.deepEqual(JSON.parse(JSON.stringify(spec)), spec);
        for (const { name, values } of spec.series) assert.equal(values.length, spec.labels.length, name);
        const names = spec.series.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length, `series have names of their own: ${names.join(", ")}`);
      });
    }
  });

  Deno.test(`widget ${kind}: draws answers on the server, without styles or scripts in the markup`, () => {
    for (const answers of [{}, { compare: true }, { kind: "currencies", compare: true }] as AnswerOptions[]) {
      every(answers, ({ html, results, forecasts, accuracy, anomalies, tiers }) => {
        assert.ok(html.length > 40);
        assertPlain(html);
        if (Object.keys({ ...results, ...forecasts, ...accuracy, ...anomalies, ...tiers }).length) {
          assert.match(html, /\d/, "numbers are shown");
        }
      });
    }
  });

  Deno.test(`widget ${kind}: says so where there is nothing, and draws no chart of it`, () => {
    for (const answers of [{ kind: "empty" }, { kind: "nulls" }, { kind: "nulls", compare: true }] as AnswerOptions[]) {
      every(answers, ({ html, spec, results, forecasts, accuracy, anomalies, tiers }) => {
        assertPlain(html);
        assert.doesNotMatch(html, /NaN|undefined|Infinity|\[object/);
        if (answers.kind === "empty") assert.equal(spec, null);
        if (Object.keys(forecasts).length) assert.match(html, /Too little data|cannot be forecast/);
        if (Object.keys(accuracy).length) assert.match(html, /No forecasts yet/);
        if (Object.keys({ ...anomalies, ...tiers }).length) assert.match(html, /Too little data/);
        if (kind !== "text" && Object.keys(results).length) assert.match(html, /No .+ here|cannot be added up/);
      });
    }
  });

  Deno.test(`widget ${kind}: shows hostile text as text`, () => {
    every({ kind: "hostile", compare: true }, ({ html }) => {
      assertPlain(html);
      assert.doesNotMatch(html, /<img|<script|onerror="/i);
    });
  });

  Deno.test(`widget ${kind}: its view carries neither zod nor its declaration into the browser`, async () => {
    const folder = new URL(`../../widgets/${kind.replaceAll("-", "_")}/`, import.meta.url);
    const seen = new Set<string>();
    const visit = async (file: URL): Promise<void> => {
      if (seen.has(file.href)) return;
      seen.add(file.href);
      const text = await Deno.readTextFile(file);
      for (const [, from = ""] of text.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+"([^"]+)"/gm)) {
        assert.doesNotMatch(from, /^zod|lib\/widget\/(mod|option_fields)\.ts$/, `${file.pathname} imports ${from}`);
        assert.notEqual(from, "./mod.ts", `${file.pathname} imports the declaration`);
        if (from.startsWith(".")) await visit(new URL(from, file));
      }
    };
    await visit(new URL("View.tsx", folder));
  });
}

/** No style attributes, no handlers, no script: the page's content policy would block them. */
function assertPlain(html: string): void {
  assert.doesNotMatch(html, /<[a-z][^<>]*\sstyle=/i);
  assert.doesNotMatch(html, /<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*\son[a-z]+=/i);
  assert.doesNotMatch(html, /<script/i);
}
