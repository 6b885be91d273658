/** Text that wants to be markup, stored wherever text can be stored, and shown as text wherever it is shown. */
import assert from "node:assert/strict";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import { browserTest } from "@/tests/browser/chromium.ts";
import { importFile, json, withApp } from "./outside.ts";

/** Each would call `hit` if it ever became markup. */
const HOSTILE = [
  `<img src=x onerror="hit(1)">`,
  `</script><script>hit(2)</script>`,
  `"><svg onload=hit(3)>`,
  `'-hit(4)-'`,
  `<!--<script>hit(5)</script>`,
  `{{constructor.constructor('hit(6)')()}}`,
  `javascript:hit(7)`,
  `</title><iframe srcdoc="<script>parent.hit(8)</script>">`,
  `</style><style>body{display:none}</style>`,
  `\u2028hit(9)//\u2029`,
];
const MARKDOWN = [
  "[a link](javascript:hit(10))",
  "[another](data:text/html,<script>hit(11)</script>)",
  '![a picture](x" onerror="hit(12))',
  '<a href="javascript:hit(13)">raw</a>',
  "<javascript:hit(14)>",
  "[ref]\n\n[ref]: javascript:hit(15)",
  "{{spend}} {{<img src=x onerror=hit(16)>}}",
  "```html\n<script>hit(17)</script>\n```",
  ...HOSTILE,
].join("\n\n");

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A value in every text column of every row, and in a header. */
function hostileCsv(): string {
  const header =
    "date,platform,account,campaign,country,device,currency,impressions,clicks,spend,conversions,conversion_value";
  const rows = HOSTILE.map((text, i) => {
    const cell = quoted(text);
    return `2026-01-${String(i + 1).padStart(2, "0")},google_ads,${cell},${cell},DE,mobile,EUR,1000,100,${i + 1},1,10`;
  });
  const bad = HOSTILE.map((text) => `2026-01-20,google_ads,A,B,DE,mobile,EUR,${quoted(text)},1,1,1,1`);
  return [`${header},${quoted(HOSTILE[0]!)}`, ...[...rows, ...bad].map((row) => `${row},`)].join("\n") + "\n";
}

browserTest(
  "[attack] stored text is shown as text on every page: no dialog, no script, no broken policy",
  async (browser) => {
    await withApp(async (app) => {
      const origin = app.listen();
      const filename = `${HOSTILE[0]}${HOSTILE[2]}.csv`;
      const job = await importFile(app, hostileCsv(), new URLSearchParams({ dataset: "ads", filename }).toString());
      assert.equal(job.state, "published", JSON.stringify(job.error ?? job.question));
      assert.equal(job.counts.rejected, HOSTILE.length);
      const failed = await importFile(
        app,
        `${HOSTILE.join(",").replaceAll('"', "'")}\n1,2\n`,
        new URLSearchParams({ dataset: "ads", filename }).toString(),
      );
      assert.ok(["failed", "needs-mapping"].includes(failed.state));

      const demo = demoDashboard();
      const titles = demo.placements.map((placement, i) => ({
        ...placement,
        title: HOSTILE[i % HOSTILE.length],
        ...(placement.kind === "text" ? { options: { ...placement.options, text: MARKDOWN } } : {}),
      }));
      const unknown = { ...demo.placements[0]!, id: "odd", kind: "x-img-onerror-hit", title: HOSTILE[1] };
      const dashboard = {
        ...demo,
        id: "hostile",
        title: HOSTILE[1],
        description: HOSTILE[0],
        placements: [...titles, unknown],
      };
      const made = await app.fetch("/api/dashboards", json(dashboard));
      assert.equal(made.status, 201, await made.clone().text());
      const column = { name: "day", title: HOSTILE[0], role: "time", type: "date", required: true };
      const measure = { name: "n", title: HOSTILE[2], role: "measure", type: "integer" };
      const metric = { name: "n", title: HOSTILE[1], formula: "sum(n)", format: "integer" };
      const dataset = {
        id: "hostile",
        title: HOSTILE[1],
        description: HOSTILE[0],
        columns: [column, measure],
        metrics: [metric],
      };
      assert.equal((await app.fetch("/api/datasets", json(dataset))).status, 201);

      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const faults: string[] = [];
      await context.exposeFunction("hit", (n: number) => void faults.push(`script ${n} ran`));
      const page = await context.newPage();
      page.on("dialog", (dialog) => {
        faults.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
      // A policy that has to step in is a fault too: the markup should never have been there.
      page.on("console", (message) => {
        if (/content.security.policy|refused to/i.test(message.text())) faults.push(message.text());
      });
      const evil = encodeURIComponent(HOSTILE[1]!);
      try {
        for (
          const path of [
            "/",
            "/data",
            "/data/import",
            `/data/imports/${job.id}`,
            `/data/imports/${job.id}/rejected`,
            `/data/imports/${failed.id}`,
            "/data/datasets/ads",
            "/data/datasets/hostile",
            "/dashboards/hostile?range=all",
            `/dashboards/hostile?range=all&campaign=${encodeURIComponent(HOSTILE[0]!)}&campaign=${evil}`,
            `/dashboards/${evil}`,
            `/data/imports/${evil}?said=${evil}`,
            `/nothing/${evil}?${evil}`,
          ]
        ) {
          await page.goto(origin + path);
          await page.waitForLoadState("load");
          if (path.startsWith("/dashboards/hostile")) await page.locator("canvas").first().waitFor();
          // What a visitor would touch: menus that list values, charts that show names.
          for (const summary of await page.locator("main summary").all()) {
            // One may lie in another that is closed by now.
            if (await summary.isVisible()) await summary.click({ timeout: 2_000 });
          }
          for (const canvas of (await page.locator("canvas").all()).slice(0, 4)) await canvas.hover({ timeout: 2_000 });
          await page.waitForTimeout(150);
          const dangerous = await page.evaluate(() => {
            const markup = [...document.querySelectorAll("iframe, object, embed, img[src='x'], svg[onload]")];
            const links = [...document.querySelectorAll("a[href], form[action], [src]")]
              .filter((element) =>
                ["href", "action", "src"].some((name) =>
                  /^\s*(javascript|data:text|vbscript)/i.test(element.getAttribute(name) ?? "")
                )
              );
            const handlers = [...document.querySelectorAll("*")]
              .filter((element) => element.getAttributeNames().some((name) => name.startsWith("on")));
            return [...markup, ...links, ...handlers].map((element) => element.outerHTML.slice(0, 200));
          });
          assert.deepEqual(dangerous, [], path);
          assert.deepEqual(faults, [], path);
        }
        await page.goto(`${origin}/data/imports/${job.id}`);
        assert.ok((await page.textContent("h1"))!.includes(HOSTILE[0]!), "the name is there, as text");
        await page.goto(`${origin}/dashboards/hostile?range=all`);
        assert.ok((await page.textContent("h1"))!.includes(HOSTILE[1]!));
        assert.ok((await page.textContent("main"))!.includes(HOSTILE[0]!));
      } finally {
        await context.close();
      }
    });
  },
);
