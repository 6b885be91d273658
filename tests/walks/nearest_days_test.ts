/** A tile whose page shows days without rows offers the nearest ones that have some. */
import assert from "node:assert/strict";
import { startTestApp } from "@/tests/test_app.ts";

Deno.test("nearest days: as many as were asked, at the nearer end of what the tile's filters leave", async () => {
  const app = await startTestApp();
  const headers = { "content-type": "application/json" };
  const send = (path: string, body: unknown) =>
    app.fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  try {
    const csv = ["date,platform,account,campaign,currency,spend"];
    for (let day = 1; day <= 31; day++) {
      const platform = day <= 10 ? "meta_ads" : "google_ads";
      csv.push(`2026-01-${String(day).padStart(2, "0")},${platform},A,One,EUR,${day}`);
    }
    const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv.join("\n") });
    const { id } = await sent.json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((done) => setTimeout(done, 50));
    }
    const place = { x: 0, y: 0, w: 3, h: 2 };
    const kpi = (id: string, more = {}) => ({ id, widget: "kpi", options: { metric: "spend" }, place, ...more });
    const platform = (value: string) => ({ filters: { field: "platform", op: "equals", value } });
    const placements = [
      kpi("all"),
      kpi("meta", platform("meta_ads")),
      kpi("nobody", platform("nobody")),
      kpi("own", { range: { from: "2025-01-01", to: "2025-01-02" } }),
    ];
    const made = await send("/api/dashboards", { id: "board", title: "Board", placements });
    assert.equal(made.status, 201);
    const nearest = async (range: string) => {
      const answers = await send("/api/dashboards/board/answers", { search: `range=${range}`, have: {} });
      const { tiles } = await answers.json() as { tiles: { id: string; nearest?: { from: string; to: string } }[] };
      return Object.fromEntries(tiles.map(({ id, nearest }) => [id, nearest && `${nearest.from}..${nearest.to}`]));
    };
    const after = await nearest("2026-03-01..2026-03-07");
    assert.deepEqual(after, {
      all: "2026-01-25..2026-01-31",
      meta: "2026-01-04..2026-01-10",
      nobody: undefined, // no day at all has it
      own: undefined, // the page's days do not decide it
    });
    assert.equal((await nearest("2025-12-01..2025-12-07")).meta, "2026-01-01..2026-01-07");
    assert.equal((await nearest("2026-01-12..2026-01-14")).meta, "2026-01-08..2026-01-10");
    assert.equal((await nearest("2026-01-12..2026-01-14")).all, undefined);
  } finally {
    await app.close();
  }
});
