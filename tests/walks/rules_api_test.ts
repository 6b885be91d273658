/** Rules, name patterns and quality through the API: status, type, body. */
import assert from "node:assert/strict";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

const put = (app: TestApp, path: string, body: unknown) =>
  app.fetch(path, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function importCsv(app: TestApp, csv: string) {
  const made = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv });
  const { id } = await made.json();
  for (;;) {
    const job = await (await app.fetch(`/api/imports/${id}`)).json();
    if (["published", "failed", "needs-mapping"].includes(job.state)) return job;
    await new Promise((r) => setTimeout(r, 50));
  }
}

/** Two tabs that began with the same rules: the second is told what the first saved, and nothing of it is lost. */
async function assertVersioned(app: TestApp): Promise<void> {
  const path = "/api/datasets/ads/rules";
  const read = await app.fetch(path);
  const { rules, version } = await read.json();
  assert.equal(read.headers.get("etag"), `"${version}"`);
  const save = (more: unknown[], from: string) =>
    app.fetch(path, {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": from },
      body: JSON.stringify({ rules: [...rules, ...more] }),
    });
  const mine = { kind: "required", id: "mine", column: "campaign" };
  const theirs = { kind: "not-future", id: "theirs" };
  const answers = await Promise.all([save([mine], `"${version}"`), save([theirs], `"${version}"`)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const [won, lost] = answers[0]!.ok ? answers : answers.toReversed();
  const problem = await lost!.json();
  assert.deepEqual([problem.code, problem.current.version], [
    "version-conflict",
    won!.headers.get("etag")!.slice(1, -1),
  ]);
  const stands = (await (await app.fetch(path)).json()).rules;
  assert.deepEqual(problem.current.rules, stands);
  // A metric that is added meanwhile is no other set of rules.
  const metric = { name: "double", title: "Double", formula: "spend * 2" };
  const headers = { "content-type": "application/json" };
  await app.fetch("/api/datasets/ads/metrics", { method: "POST", headers, body: JSON.stringify(metric) });
  assert.equal((await save([], `"${problem.current.version}"`)).status, 200);
  assert.equal((await save([], "rules")).status, 400);
  const { metrics, definitionVersion } = await (await app.fetch("/api/datasets/ads")).json();
  assert.ok(metrics.some(({ name }: { name: string }) => name === "double"), "what another part saved is kept");
  const old = await app.fetch("/api/datasets/ads", {
    method: "PUT",
    headers: { ...headers, "if-match": `"${definitionVersion - 1}"` },
    body: JSON.stringify(await (await app.fetch("/api/datasets/ads")).json()),
  });
  assert.deepEqual([old.status, (await old.json()).code], [409, "version-conflict"]);
}

Deno.test("the API takes rules and patterns, refuses what cannot be, and tells what came of them", async () => {
  const app = await startTestApp();
  try {
    const saved = await put(app, "/api/datasets/ads/rules", {
      rules: [
        { kind: "range", id: "cheap", column: "spend", max: 10 },
        { kind: "range", id: "range.clicks", column: "clicks", min: 0, action: "flag" },
      ],
    });
    assert.equal(saved.status, 200);
    assert.deepEqual(
      (await saved.json()).rules.map((rule: { id: string; action: string }) => `${rule.id} ${rule.action}`),
      [
        "cheap flag",
        "range.clicks flag",
      ],
    );
    const refusals: [string, unknown, number, RegExp][] = [
      ["rules", { rules: [{ kind: "pattern", id: "p", column: "campaign", pattern: "(a" }] }, 422, /missing \)/],
      ["rules", { rules: [{ kind: "pattern", id: "p", column: "campaign", pattern: "(?=a)" }] }, 400, /look-around/],
      ["rules", { rules: [{ kind: "range", id: "r", column: "campaign", min: 1 }] }, 400, /it needs numbers/],
      ["rules", { rules: [{ kind: "nonsense", id: "r" }] }, 400, /kind/],
      ["taxonomies", { taxonomies: [{ id: "n", column: "campaign", pattern: "{a}{b}" }] }, 400, /a sign must stand/],
      [
        "taxonomies",
        { taxonomies: [{ id: "n", column: "campaign", pattern: "{device}_{b}" }] },
        400,
        /cannot fill "device"/,
      ],
    ];
    for (const [what, body, status, detail] of refusals) {
      const answer = await put(app, `/api/datasets/ads/${what}`, body);
      const problem = await answer.json();
      assert.equal(answer.status, status, JSON.stringify(problem));
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.match(problem.detail, detail);
    }
    assert.equal((await put(app, "/api/datasets/nothing/rules", { rules: [] })).status, 404);
    await assertVersioned(app);

    const patterns = { taxonomies: [{ id: "n", column: "campaign", pattern: "{team}_{goal}" }] };
    const made = await put(app, "/api/datasets/ads/taxonomies", patterns);
    assert.equal(made.status, 200);
    assert.equal((await made.json()).columns.at(-1).name, "goal");

    const job = await importCsv(
      app,
      "date,platform,account,campaign,currency,clicks,spend\n2026-01-01,google_ads,A,red_sales,EUR,-1,5\n" +
        "2026-01-02,google_ads,A,blue,EUR,1,50\n",
    );
    assert.equal(job.state, "published");
    const flagged = await (await app.fetch(`/api/imports/${job.id}/flagged`)).json();
    assert.deepEqual(flagged.rows.map(({ line, rule }: { line: number; rule: string }) => `${line} ${rule}`), [
      "2 range.clicks",
      "3 cheap",
    ]);
    const step = job.cleaning.find(({ kind }: { kind: string }) => kind === "taxonomy");
    assert.deepEqual(step.misfits, [{ value: "blue", fault: 'it ends after {team}; "_" and {goal} are missing' }]);
    const off = await app.fetch(`/api/imports/${job.id}/cleaning`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ steps: { "nothing:here": "off" } }),
    });
    assert.equal(off.status, 422);
    assert.match((await off.json()).detail, /the steps of this import are "taxonomy:n"/);

    const quality = await app.fetch("/api/datasets/ads/quality");
    assert.equal(quality.status, 200);
    const { score, parts, brokenRules } = await quality.json();
    assert.ok(score > 0 && score < 100);
    assert.equal(parts.length, 7);
    assert.deepEqual(brokenRules.map(({ rule }: { rule: string }) => rule).sort(), ["cheap", "range.clicks"]);
  } finally {
    await app.close();
  }
});
