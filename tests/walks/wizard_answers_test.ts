/** An answer that says nothing is asked again, with the reason; what was answered well stays. */
import assert from "node:assert/strict";
import type { ImportJob } from "@/lib/model/mod.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

async function settled(app: TestApp, id: string): Promise<ImportJob> {
  for (;;) {
    const job: ImportJob = await (await app.fetch(`/api/imports/${id}`)).json();
    if (!["queued", "running"].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const FILE = "month,day,campaign,Cost (EUR),Impressions\nApril,1,A,1.5,10\nMay,2,B,2,20\n";

Deno.test("a year that is none is asked again on the page, with what was typed and why, until it is one", async () => {
  const app = await startTestApp();
  try {
    const made = await app.fetch("/api/imports?dataset=ads&filename=spring.csv&confirm=true", {
      method: "POST",
      body: FILE,
    });
    const { id } = await made.json();
    const path = `/data/imports/${id}`;
    assert.deepEqual((await settled(app, id)).questions.map((question) => question.id), ["year"]);
    const answer = async (year: string) => {
      const body = new URLSearchParams({ action: "answer", "answer:year": year });
      const sent = await app.fetch(path, { method: "POST", body });
      await sent.body?.cancel();
      assert.equal(sent.status, 303);
      return await settled(app, id);
    };
    assert.equal((await answer("soon")).state, "needs-mapping");
    const page = await (await app.fetch(path)).text();
    assert.match(page, /One question/);
    assert.match(page, /&quot;soon&quot; is no year|"soon" is no year/);
    assert.match(page, /name="answer:year" value="soon"/);
    const ready = await answer("2026");
    assert.equal(ready.state, "ready", JSON.stringify(ready.questions));
    assert.deepEqual(ready.parts[0]?.range, { from: "2026-04-01", to: "2026-05-02" });
    assert.match(await (await app.fetch(path)).text(), /first and last day of the rows|together they are a date/);
  } finally {
    await app.close();
  }
});

Deno.test("a currency that nobody knows is an answer, too", async () => {
  const app = await startTestApp();
  try {
    const send = async (csv: string) => {
      const made = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv });
      return await settled(app, (await made.json()).id);
    };
    await send("Date,Campaign,Cost (GBP),Impressions\n2026-04-02,A,9,10\n");
    const asked = await send("Date,Campaign,Cost,Impressions\n2026-05-02,A,9,10\n");
    assert.deepEqual(asked.questions.map(({ id }) => id), ["currency"]);
    const sent = await app.fetch(`/api/imports/${asked.id}/answers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answers: { currency: "XXX" } }),
    });
    await sent.body?.cancel();
    const done = await settled(app, asked.id);
    assert.equal(done.state, "published", JSON.stringify(done.questions));
  } finally {
    await app.close();
  }
});
