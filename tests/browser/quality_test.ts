/** The quality page, and what is edited on a dataset's page, in a real browser. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { assertAccessible, photograph, SIZES } from "./photograph.ts";

const HEAD = "date,platform,account,campaign,currency,impressions,clicks,spend,conversions";
const CAMPAIGNS = ["acme_us_search_q3", "acme_de_social_q3", "Acme DE social Q3", "brand-forever"];

/** A year and more of two platforms with weekdays, a day far off, days missing, cells empty and rules broken. */
function csv(today: Date): string {
  const lines: string[] = [];
  for (let back = 400; back >= 1; back--) {
    const date = new Date(today.getTime() - back * 86_400_000);
    const day = date.toISOString().slice(0, 10);
    const busy = [0, 6].includes(date.getUTCDay()) ? 60 : 100;
    const far = back === 60 ? 9 : 1;
    lines.push(
      `${day},google_ads,A,${CAMPAIGNS[back % 4]},EUR,${busy * 100},${busy},${busy * far},${back % 9 ? 3 : "--"}`,
    );
    if (back < 200 && (back < 90 || back > 96)) {
      lines.push(
        `${day},meta_ads,B,${CAMPAIGNS[(back + 1) % 4]},EUR,${busy * 80},${back % 50 ? busy : 99999},${busy / 2},2`,
      );
    }
  }
  return [HEAD, ...lines].join("\n");
}

async function importFile(app: TestApp, name: string, text: string): Promise<Record<string, unknown>> {
  const made = await app.fetch(`/api/imports?dataset=ads&filename=${name}`, { method: "POST", body: text });
  const { id } = await made.json();
  for (;;) {
    const job = await (await app.fetch(`/api/imports/${id}`)).json();
    if (["published", "failed", "needs-mapping", "ready"].includes(job.state)) return job;
    await new Promise((r) => setTimeout(r, 50));
  }
}

async function withPage(browser: Browser, work: (page: Page, app: TestApp, origin: string) => Promise<void>) {
  const app = await startTestApp();
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  // A refusal that the page shows is noted by the browser too: that is no fault.
  const isRefusal = (text: string) => /status of (400|409|422)/.test(text);
  page.on(
    "console",
    (message) => message.type() === "error" && !isRefusal(message.text()) && faults.push(message.text()),
  );
  try {
    await work(page, app, app.listen());
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
  }
}

browserTest(
  "[browser] the quality page shows a score with its reasons, missing days and days far off",
  async (browser) => {
    await withPage(browser, async (page, app, origin) => {
      await page.goto(`${origin}/data/datasets/ads/quality`);
      await page.getByText("Nothing to judge yet").waitFor();

      const job = await importFile(app, "year.csv", csv(new Date()));
      assert.equal(job.state, "published");
      await importFile(
        app,
        "more.csv",
        `${HEAD}\n2026-01-01,google_ads,A,x,EUR,1,1,abc,1\n2026-01-02,google_ads,A,x,EUR,5,1,1,1\n`,
      );
      await page.goto(`${origin}/data/datasets/ads`);
      await page.getByRole("link", { name: /quality/i }).click();
      await page.getByRole("heading", { name: "Quality of Ads" }).waitFor();
      const gaps = page.getByRole("region", { name: "Missing days" });
      await gaps.getByText("Meta").first().waitFor();
      assert.match(await gaps.innerText(), /Meta\s+B\s+7/);
      assert.match(
        await page.getByRole("region", { name: "Outliers" }).innerText(),
        /Spend\s+Google Ads\s+(900|540)\s+(100|60)/,
      );
      assert.match(
        await page.getByRole("region", { name: "Broken rules" }).innerText(),
        /Clicks is at most Impressions/,
      );
      await photograph(page, "quality");
      await page.getByRole("region", { name: "Broken rules" }).getByRole("link", { name: "year.csv" }).first().click();
      await page.getByRole("heading", { name: "Flagged" }).waitFor();
      await page.getByText("Clicks is more than Impressions").first().waitFor();
      await photograph(page, "flagged");
    });
  },
);

browserTest(
  "[browser] rules are edited on the dataset's page, and the next import is held against them",
  async (browser) => {
    await withPage(browser, async (page, app, origin) => {
      await importFile(app, "year.csv", csv(new Date()));
      await page.goto(`${origin}/data/datasets/ads#rules`);
      const own = page.getByRole("region", { name: "Rules", exact: true });
      await own.getByText("Clicks is at most Impressions").waitFor();
      await page.getByLabel("Clicks is at most Impressions: what to do").selectOption({ label: "set the row aside" });
      await page.getByText("Not saved yet").waitFor();

      await page.getByRole("combobox", { name: "Rule", exact: true }).selectOption({ label: "looks like a pattern" });
      await page.getByRole("button", { name: "Add the rule" }).click();
      await page.getByText("Choose what the rule is about").waitFor();
      await page.getByRole("combobox", { name: "What", exact: true }).selectOption({ label: "Campaign" });
      await page.getByLabel("Regular expression").fill("(acme");
      await page.getByRole("button", { name: "Add the rule" }).click();
      await own.getByText("Campaign looks like (acme").waitFor();
      await page.getByRole("button", { name: "Save the rules" }).click();
      await page.getByText(/the pattern \(acme cannot be used \(missing \)/).waitFor();
      await page.getByRole("button", { name: "Remove: Campaign looks like (acme" }).click();
      await page.getByRole("combobox", { name: "What", exact: true }).selectOption({ label: "Campaign" });
      await page.getByLabel("Regular expression").fill("acme.*");
      await page.getByRole("button", { name: "Add the rule" }).click();
      await page.getByRole("button", { name: "Save the rules" }).click();
      await page.getByText("Saved: it holds for the next import").waitFor();

      const job = await importFile(
        app,
        "b.csv",
        `${HEAD}\n2026-01-01,google_ads,A,acme,EUR,5,9,1,1\n2026-01-02,google_ads,A,x,EUR,5,1,1,1\n`,
      );
      assert.deepEqual((job.counts as { rejected: number }).rejected, 1);
      const outcomes = (job.rules as { rule: string; result: string; broken: number }[]).filter(({ broken }) =>
        broken > 0
      );
      assert.deepEqual(outcomes.map(({ rule, result }) => `${rule} ${result}`), [
        "clicks-in-impressions rejected",
        "pattern.campaign flagged",
      ]);
      // Another tab saves meanwhile: what was done here is joined with it, and neither is lost.
      const { rules } = await (await app.fetch("/api/datasets/ads/rules")).json();
      await app.fetch("/api/datasets/ads/rules", {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ rules: [...rules, { kind: "required", id: "theirs", column: "account" }] }),
      });
      await page.getByLabel("Clicks is at most Impressions: what to do").selectOption({
        label: "let it in and list it",
      });
      await page.getByRole("button", { name: "Save the rules" }).click();
      await page.getByText("Somebody else saved rules while you were at it").waitFor();
      await assertAccessible(page, "rules that somebody else saved first");
      const shots = Deno.env.get("SHOTS");
      if (shots) await page.screenshot({ path: `${shots}/overtaken.png`, fullPage: true });
      await page.getByRole("button", { name: "Join both and save" }).click();
      await page.getByText("Saved: it holds for the next import").waitFor();
      const joined = (await (await app.fetch("/api/datasets/ads/rules")).json()).rules as {
        id: string;
        action: string;
      }[];
      assert.ok(joined.some(({ id }) => id === "theirs"));
      assert.equal(joined.find(({ id }) => id === "clicks-in-impressions")!.action, "flag");
      await page.reload();
      await own.getByText("Campaign looks like acme.*").waitFor();
      await page.locator("#names summary").click();
      await page.getByRole("textbox", { name: "Pattern" }).fill("{brand}_{country:us|de}_{channel}_{quarter}");
      await page.getByText(/2 of \d names fit/).waitFor();
      await page.getByText('"forever" is no').or(page.getByText(/is missing after \{brand\}|it ends after/)).first()
        .waitFor();
      await page.getByRole("button", { name: "Add a pattern" }).click();
      await page.getByRole("textbox", { name: "Pattern 2" }).fill("{brand");
      await page.getByText("Not a pattern yet: a { stands alone").waitFor();
      await page.getByRole("textbox", { name: "Pattern 2" }).fill("{brand} {tactic}");
      await page.getByText(/break all patterns|names fit$/).first().waitFor();
      await photograph(page, "dataset-rules");
      await page.getByRole("button", { name: "Remove Pattern 2" }).click();
      await page.getByRole("button", { name: "Save the pattern" }).click();
      await page.getByText(/cannot fill "country"/).waitFor();
      await page.getByRole("textbox", { name: "Pattern" }).fill("{brand}_{market:us|de}_{tactic}_{quarter}");
      await page.getByRole("button", { name: "Save the pattern" }).click();
      await page.getByText("Saved: the next files are taken apart by it").waitFor();
      const later = await importFile(app, "c.csv", `${HEAD}\n2026-01-03,google_ads,A,acme_us_search_q3,EUR,5,1,1,1\n`);
      assert.equal(later.state, "published");
      const answer = await app.fetch("/api/query", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          dataset: "ads",
          metrics: ["spend"],
          dimensions: ["tactic"],
          range: { from: "2026-01-03", to: "2026-01-03" },
        }),
      });
      const { rows = [], detail } = await answer.json();
      assert.ok(rows.some((row: Record<string, unknown>) => row.tactic === "search"), detail ?? JSON.stringify(rows));
    });
  },
);

browserTest(
  "[browser] steps of cleaning are turned off and suggestions taken on the import's page",
  async (browser) => {
    await withPage(browser, async (page, app, origin) => {
      const day = (n: number, campaign: string) =>
        `2026-01-${String(n).padStart(2, "0")},google_ads,A,${campaign},EUR,10,1,1,1`;
      const good = Array.from(
        { length: 9 },
        (_, at) => day(at + 1, at % 3 ? "Data Analytics Course" : " Data Analytics Course "),
      );
      const made = await app.fetch("/api/imports?dataset=ads&filename=names.csv&confirm=true", {
        method: "POST",
        body: [HEAD, ...good, day(20, "Data Anlytics Corse")].join("\n"),
      });
      const { id } = await made.json();
      await page.goto(`${origin}/data/imports/${id}`);
      const slip = page.getByLabel("Campaign: “Data Anlytics Corse” may be “Data Analytics Course”");
      const blanks = page.getByLabel("Campaign: blanks at the ends are left out");
      await slip.waitFor({ timeout: 30_000 });
      assert.deepEqual([await slip.isChecked(), await blanks.isChecked()], [false, true]);
      await slip.check();
      await page.getByRole("button", { name: "Clean again" }).click();
      await page.waitForFunction(() => document.querySelectorAll("input[name=on]:checked").length === 2);
      await photograph(page, "import-cleaning");
      await page.getByRole("button", { name: /^Import/ }).first().click();
      await page.getByText(/10 rows read/).first().waitFor();
      const values = await (await app.fetch("/api/datasets/ads/values?column=campaign")).json();
      assert.deepEqual(values.values, ["Data Analytics Course"]);
    });
  },
);
