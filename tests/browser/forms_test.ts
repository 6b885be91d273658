/** Forms drawn from a schema, in the editor, by keyboard alone: every kind of control of a plugin that wrote no form. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import showcase from "@/tests/contracts/showcase_widget.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import { widgetRegistry } from "@/lib/widget/mod.ts";
import { widgets } from "@/widgets/mod.ts";
import { browserTest } from "./chromium.ts";
import { assertAccessible, photograph, SIZES } from "./photograph.ts";

/** Google Ads on every day, Meta on every second one. */
const CSV = [
  "date,platform,account,campaign,country,currency,impressions,clicks,spend,conversions",
  ...Array.from({ length: 42 }, (_, index) => {
    const day = String(index % 28 + 1).padStart(2, "0");
    const [platform, campaign] = index < 28 ? ["google_ads", "Brand"] : ["meta_ads", "Prospecting"];
    return `2026-01-${day},${platform},A,${campaign},DE,EUR,1000,${100 + index},${index < 28 ? 70 : 30},3`;
  }),
].join("\n");

const dashboard = {
  id: "forms",
  title: "Forms",
  defaults: { range: { from: "2026-01-01", to: "2026-01-28" }, compare: "none", values: {} },
  placements: [{
    id: "show",
    widget: "showcase",
    title: "Everything",
    options: { metric: "spend", headline: "First" },
    place: { x: 0, y: 0, w: 4, h: 3 },
  }, {
    id: "line",
    widget: "line",
    title: "Line",
    options: { metric: "spend" },
    place: { x: 4, y: 0, w: 6, h: 4 },
  }],
};

async function withEditor(
  work: (page: Page, app: TestApp, origin: string) => Promise<void>,
  browser: Parameters<
    Parameters<typeof browserTest>[1]
  >[0],
): Promise<void> {
  const app = await startTestApp({ widgets: widgetRegistry([...widgets, showcase]) });
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB", reducedMotion: "reduce" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  try {
    const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: CSV });
    const { id } = await sent.json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((done) => setTimeout(done, 50));
    }
    const headers = { "content-type": "application/json" };
    const made = await app.fetch("/api/dashboards", { method: "POST", headers, body: JSON.stringify(dashboard) });
    assert.equal(made.status, 201);
    const origin = app.listen();
    await page.goto(`${origin}/dashboards/forms#edit`);
    await page.locator("#edit-show").waitFor();
    await work(page, app, origin);
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
  }
}

/** The options as the draft has them. */
function options(page: Page, id: string): Promise<Record<string, unknown>> {
  return page.evaluate(([id, saved]) => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("tessera-draft:forms:"));
    if (key === undefined) return saved;
    const { log } = JSON.parse(localStorage.getItem(key)!);
    const options = structuredClone(log.base.placements.find((one: { id: string }) => one.id === id).options);
    for (const { id: of, part, set, unset } of log.done) {
      if (of !== id || part !== "options") continue;
      Object.assign(options, set);
      for (const name of unset) delete options[name];
    }
    return options;
  }, [id, dashboard.placements.find((one) => one.id === id)!.options] as const);
}

/** Goes to a field with the keyboard, as its label leads there. */
async function focus(page: Page, selector: string): Promise<void> {
  await page.locator(selector).focus();
}

/** A named part of a story: the first that fails ends it. */
async function step(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`in "${name}"`, { cause: error });
  }
}

async function retype(page: Page, selector: string, text: string): Promise<void> {
  await focus(page, selector);
  await page.keyboard.press("Control+A");
  if (text === "") await page.keyboard.press("Delete");
  else await page.keyboard.type(text);
}

browserTest("[browser] forms: every kind of option is edited by keyboard alone", async (browser) => {
  await withEditor(async (page) => {
    await focus(page, "#edit-show");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "tile-title");
    const said = (id: string) => page.locator(`#option-${id}-fault`);
    const has = async (name: string, value: unknown) => {
      // The draft is kept a moment after the key; an expectation that does not come true ends the test.
      for (let left = 100; left > 0 && !sameJson((await options(page, "show"))[name], value); left--) {
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      }
      assert.deepEqual((await options(page, "show"))[name], value);
    };

    await step("text: told while it is typed, and nothing that does not fit is taken", async () => {
      await retype(page, "#option-headline", "Ab");
      await said("headline").getByText("Write at least 3 characters; these are 2").waitFor();
      await has("headline", "First");
      await page.keyboard.type("out");
      await said("headline").waitFor({ state: "detached" });
      await has("headline", "About");
      await retype(page, "#option-code", "de");
      await said("code").getByText("Write two capital letters").waitFor();
      await retype(page, "#option-code", "DE");
      await has("code", "DE");
      await page.getByRole("button", { name: "Reset Country code" }).press("Enter");
      await has("code", undefined);
      await retype(page, "#option-link", "example");
      await said("link").waitFor();
      await retype(page, "#option-link", "https://example.com/a");
      await has("link", "https://example.com/a");
      await retype(page, "#option-story", "Two\nlines");
      await has("story", "Two\nlines");
    });
    await step("numbers, a day, a switch, choices", async () => {
      await retype(page, "#option-count", "99");
      await said("count").getByText("Write 30 or less").waitFor();
      await has("count", undefined);
      await retype(page, "#option-count", "7");
      await has("count", 7);
      await page.getByRole("button", { name: "Reset Count" }).press("Enter");
      assert.equal(await page.locator("#option-count").inputValue(), "5");
      await retype(page, "#option-goal", "2.3");
      await said("goal").getByText("Write a multiple of 0.5").waitFor();
      await retype(page, "#option-goal", "2.5");
      await has("goal", 2.5);
      await focus(page, "#option-since");
      await page.keyboard.type("01312026");
      await has("since", "2026-01-31");
      assert.equal(await page.locator("#option-dash").count(), 0);
      await focus(page, "#option-on");
      await page.keyboard.press("Space");
      await page.locator("#option-dash").waitFor();
      await has("on", true);
      await focus(page, "input[name=option-tone][value=quiet]");
      await page.keyboard.press("ArrowRight");
      await has("tone", "loud");
      await page.locator("#option-size").selectOption("xl");
      await has("size", "xl");
      await focus(page, "input[type=checkbox][value=total]");
      await page.keyboard.press("Space");
      await has("parts", ["title", "total"]);
      await focus(page, "input[name=option-colour][value=series-2]");
      await page.keyboard.press("ArrowRight");
      await has("colour", "series-3");
    });
    await step("lists of words and of numbers", async () => {
      await retype(page, "#option-words", "one\ntwo\n");
      await has("words", ["one", "two"]);
      await page.keyboard.type("a much longer word");
      await said("words").getByText("Line 3: write at most 12 characters; these are 18").waitFor();
      await has("words", ["one", "two", "a much longe"]);
      await retype(page, "#option-steps", "1\n2,5");
      await said("steps").getByText("Line 2: write a number").waitFor();
      await retype(page, "#option-steps", "1\n2.5");
      await has("steps", [1, 2.5]);
    });
    await step("metrics and dimensions of the data, in an order", async () => {
      await page.locator("#option-more").selectOption("impressions");
      await has("more", ["clicks", "impressions"]);
      assert.ok(await page.locator("#option-more").isDisabled(), "two at most");
      await page.getByRole("button", { name: "Put Impressions before Clicks" }).press("Enter");
      await has("more", ["impressions", "clicks"]);
      await page.getByRole("button", { name: "Take Impressions away" }).press("Enter");
      await has("more", undefined); // the default, so nothing of it is stored
      assert.equal(await page.locator("#option-limit").count(), 0);
      await page.locator("#option-dimension").selectOption("platform");
      await page.locator("#option-limit").waitFor();
      await page.locator("#option-rows").selectOption("campaign");
      await has("rows", ["campaign"]);
    });
    await step("a filter: values are looked up in the data, with their counts", async () => {
      await page.locator("#option-filter-add").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.id === "option-filter-0-field");
      await page.locator("#option-filter-0-field").selectOption("platform");
      await page.locator("#option-filter-0-op").selectOption("not-in");
      await focus(page, "#option-filter-0-values");
      const list = page.getByRole("listbox", { name: "Values of Platform: values in the data" });
      await list.getByRole("option", { name: "Meta" }).waitFor();
      assert.deepEqual(
        (await list.getByRole("option").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim()),
        [
          "Google Ads 28",
          "Meta 14",
        ],
      );
      await has("filter", undefined);
      await page.keyboard.type("met");
      await page.waitForFunction(() => document.querySelectorAll("[id^=option-filter-0-values-] ").length < 4);
      await list.getByRole("option", { name: "Meta" }).waitFor();
      await assertAccessible(page, "the open list of values");
      await page.keyboard.press("Enter");
      await has("filter", { field: "platform", op: "not-in", value: ["meta_ads"] });
      await page.keyboard.press("Escape");
      await list.waitFor({ state: "hidden" });
      await page.locator("#option-filter-add").press("Enter");
      await page.waitForFunction(() => document.activeElement?.id === "option-filter-1-field");
      await page.locator("#option-filter-1-field").selectOption("campaign");
      await page.locator("#option-filter-1-op").selectOption("contains");
      await retype(page, "#option-filter-1-text", "Bra");
      await page.getByLabel("Only rows where: all or any").selectOption("or");
      await has("filter", {
        or: [{ field: "platform", op: "not-in", value: ["meta_ads"] }, {
          field: "campaign",
          op: "contains",
          value: "Bra",
        }],
      });
      await page.getByRole("button", { name: "Remove only rows where 1" }).press("Enter");
      await has("filter", { or: [{ field: "campaign", op: "contains", value: "Bra" }] });
    });
    await step("days: a preset, the last so many, fixed ones", async () => {
      await page.locator("#option-days").selectOption("previous-month");
      await has("days", { previous: "month" });
      await page.locator("#option-days").selectOption("last");
      await retype(page, "#option-days-count", "0");
      await page.getByText("Write 1 or more").waitFor();
      await retype(page, "#option-days-count", "3");
      await page.locator("#option-days-unit").selectOption("week");
      await has("days", { last: 3, unit: "week" });
      await page.locator("#option-days").selectOption("fixed");
      await focus(page, "#option-days-from");
      await page.keyboard.type("01052026");
      await focus(page, "#option-days-to");
      await page.keyboard.type("01012026");
      await page.getByText("The first day is after the last one").waitFor();
      await has("days", { last: 3, unit: "week" });
      await focus(page, "#option-days-from");
      await focus(page, "#option-days-to"); // from its first part
      await page.keyboard.type("01112026");
      await has("days", { from: "2026-01-05", to: "2026-01-11" });
    });
    await step("objects inside, lists of objects in another order, branches", async () => {
      await retype(page, "#option-frame-width", "4");
      await has("frame", { width: 4, round: true });
      const add = page.getByRole("button", { name: "Add step" });
      await add.press("Enter");
      await page.waitForFunction(() => document.activeElement?.id === "option-goals-0-name");
      await retype(page, "#option-goals-0-name", "Half");
      await retype(page, "#option-goals-0-value", "5");
      await add.press("Enter");
      await page.waitForFunction(() => document.activeElement?.id === "option-goals-1-name");
      await retype(page, "#option-goals-1-name", "All");
      await has("goals", [{ name: "Half", value: 5 }, { name: "All", value: 1 }]);
      await page.keyboard.press("Alt+ArrowUp");
      await has("goals", [{ name: "All", value: 1 }, { name: "Half", value: 5 }]);
      await page.waitForFunction(() => document.activeElement?.id === "option-goals-1", null, { timeout: 5_000 });
      await page.getByRole("button", { name: "Move Step 1 down" }).press("Enter");
      await has("goals", [{ name: "Half", value: 5 }, { name: "All", value: 1 }]);
      await page.getByRole("button", { name: "Remove Step 2" }).press("Enter");
      await has("goals", [{ name: "Half", value: 5 }]);
      await focus(page, "input[name=option-target-from][value=number]");
      await page.keyboard.press("ArrowRight");
      await page.locator("#option-target-of").waitFor();
      await page.locator("#option-target-of").selectOption("clicks");
      await has("target", { from: "metric", of: "clicks" });
    });
    await step("the widget takes what the form made; undo goes back through all of it", async () => {
      await page.locator("#edit-show .tile__state--bad").waitFor({ state: "detached" });
      assert.ok(showcase.parse(await options(page, "show"), 1).ok);
      await photograph(page, "forms");
      await page.locator("#edit-show").focus();
      const undo = page.getByRole("button", { name: /^Undo/ });
      const steps = Number((await undo.getAttribute("aria-label"))!.match(/\d+/)![0]);
      assert.ok(steps > 30, `${steps} steps`);
      for (let step = 0; step < steps; step++) await page.keyboard.press("Control+z");
      await page.getByText("Published · v1").waitFor();
      assert.equal(await page.locator("#option-headline").inputValue(), "First");
      assert.equal(await page.locator(".form__row").count(), 0);
      assert.equal(await page.locator("#option-filter-0-field").count(), 0);
    });
  }, browser);
});
