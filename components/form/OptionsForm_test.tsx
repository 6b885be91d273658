import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import showcase from "@/tests/contracts/showcase_widget.ts";
import { widgets } from "@/widgets/mod.ts";
import { startingOptions } from "@/components/editor/starting_options.ts";
import { formFields } from "./form_fields.ts";
import { type JsonSchema, labelOf } from "./json_schema.ts";
import { OptionsForm } from "./OptionsForm.tsx";

const ground = { datasets: builtInDatasets, locale: "en-GB" };

function formOf(schema: JsonSchema, value: Record<string, unknown>): string {
  return renderToString(<OptionsForm schema={schema} value={value} ground={ground} prefix="o" onChange={() => {}} />);
}

const schema = showcase.manifest.options as JsonSchema;
const start = startingOptions(schema, builtInDatasets[0]!);
assert.ok("options" in start);
const { options } = start;

/** What stands in the page for a field of each kind. */
const DRAWN: Record<string, RegExp> = {
  dataset: /<select id="o-dataset".+?<option [^>]*value="ads"/,
  metric: /<select id="o-metric".+?<option selected value="spend">Spend</,
  more: /Take Clicks away.+?<select id="o-more".+?>Add …</,
  dimension: /<select id="o-dimension".+?>None<.+?>Platform</,
  rows: /<select id="o-rows".+?>Add …</,
  grain: /<legend[^>]*>Group by<.+?type="radio" name="o-grain" value="day" checked/,
  headline: /<input id="o-headline"[^>]+placeholder="Spend so far"[^>]+aria-describedby="o-headline-help"/,
  code: /<input id="o-code"[^>]+type="text"/,
  story: /<textarea id="o-story"/,
  link: /<input id="o-link"[^>]+type="url"/,
  since: /<input id="o-since"[^>]+type="date"/,
  goal: /<input id="o-goal"[^>]+type="number"[^>]+step="0.5"[^>]+min="0"/,
  count: /<input id="o-count"[^>]+type="number"[^>]+step="1" min="1" max="30" value="5"/,
  on: /<input id="o-on" type="checkbox" role="switch" aria-describedby="o-on-help"/,
  tone: /type="radio" name="o-tone" value="loud"\/?><span>Very loud/,
  size: /<select id="o-size".+?>Xxl</,
  parts: /<legend[^>]*>Parts<.+?type="checkbox" value="title" checked/,
  colour: /type="radio" name="o-colour" value="series-2" aria-label="blue" checked.+?type="color"/,
  words: /<textarea id="o-words"/,
  steps: /<textarea id="o-steps"/,
  filter: /<legend[^>]*>Only rows where<.+?>Add a filter</,
  days: /<legend[^>]*>Days<.+?<option [^>]*value="last-7-day"/,
  frame: /<legend[^>]*>Frame<.+?id="o-frame-width".+?id="o-frame-round"/,
  goals: /<legend[^>]*>Steps on the way<.+?>Add step</,
  target: /<legend[^>]*>Target<.+?>A number<.+?>Another metric<.+?id="o-target-amount"/,
};

Deno.test("OptionsForm draws a control for every kind of schema, each under its label", () => {
  const html = formOf(schema, options);
  const fields = formFields(schema, options, schema.$defs);
  assert.deepEqual(fields.map(({ name }) => name).sort(), Object.keys(DRAWN).sort());
  for (const { name, schema: field } of fields) {
    assert.match(html, DRAWN[name]!, name);
    assert.ok(html.includes(`>${labelOf(name, field)}<`), `the label of ${name}`);
  }
});

Deno.test("OptionsForm says what does not fit, and offers the way back from what is not the default", () => {
  const html = formOf(schema, { ...options, headline: "ab", metric: "spent", count: 99, more: ["nothing"] });
  assert.match(html, /aria-invalid="true" aria-describedby="o-headline-help o-headline-fault"/);
  assert.match(html, /id="o-headline-fault" role="alert">Write at least 3 characters; these are 2</);
  assert.match(html, /“spent” is not in this data; choose another/);
  assert.match(html, /Write 30 or less/);
  assert.match(html, /Not in this data: nothing; take it away/);
  assert.match(html, /aria-label="Reset Count"/);
  assert.doesNotMatch(html, /aria-label="Reset (Metric|Headline|Size)"/);
});

Deno.test("OptionsForm draws lists of objects entry by entry, conditional fields while they hold, and branches", () => {
  const goals = [{ name: "Half", value: 5 }, { name: "All", value: 10 }];
  const html = formOf(schema, {
    ...options,
    goals,
    on: true,
    dimension: "platform",
    target: { from: "metric", of: "clicks" },
  });
  assert.equal(html.match(/<legend class="form__row-title">Step \d</g)?.length, 2);
  assert.match(html, /id="o-goals-0-name"[^>]+value="Half"/);
  assert.match(html, /aria-label="Move Step 2 up"/);
  assert.match(html, /id="o-limit"/);
  assert.match(html, /id="o-dash"/);
  assert.match(html, /id="o-target-of"/);
  assert.doesNotMatch(html, /id="o-target-amount"/);
});

for (const { manifest } of widgets) {
  Deno.test(`OptionsForm draws the options of ${manifest.kind}, each with a label, none with a style`, () => {
    const own = manifest.options as JsonSchema;
    const begun = startingOptions(own, builtInDatasets[0]!);
    assert.ok("options" in begun);
    const html = formOf(own, begun.options);
    for (const { name, schema: field } of formFields(own, begun.options, own.$defs)) {
      assert.ok(html.includes(`>${labelOf(name, field).replaceAll("&", "&amp;")}<`), name);
    }
    assert.doesNotMatch(html, /style=|undefined|\[object/);
  });
}
