/** The same thing asked for twice: at the same time, after a lost answer, under one key and under none. */
import assert from "node:assert/strict";
import { CSV, type ImportAnswer, importFile, json, problemOf, settled, withApp } from "@/tests/attacks/outside.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { createImport, getImport } from "@/lib/ingest/imports.ts";
import type { JobContext } from "@/lib/jobs/define_job.ts";
import { importFileJob } from "@/lib/jobs/import_file.ts";
import { silentLog } from "@/lib/log.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { withImportServices } from "@/tests/walks/import_services.ts";
import type { TestApp } from "@/tests/test_app.ts";

async function totals(app: TestApp): Promise<[number, number | null]> {
  const { state } = await (await app.fetch("/api/datasets/ads")).json();
  const { rows } = await (await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend"] }))).json();
  return [state.rows, rows[0].spend];
}

async function imports(app: TestApp): Promise<ImportAnswer[]> {
  return (await (await app.fetch("/api/imports")).json()).imports;
}

Deno.test("[fault] one file from several tabs at the same moment is one import; the others say that it is there", () =>
  withApp(async (app) => {
    const sent = await Promise.all(
      Array.from(
        { length: 6 },
        () => app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: CSV }),
      ),
    );
    assert.ok(sent.every(({ status }) => status === 202));
    const ids = await Promise.all(sent.map(async (response) => (await response.json()).id));
    assert.equal(new Set(ids).size, 6);
    const states = await Promise.all(ids.map(async (id) => (await settled(app, id)).state));
    assert.deepEqual(states.toSorted(), [...Array(5).fill("duplicate"), "published"]);
    assert.deepEqual(await totals(app), [2, 120.75]);
  }));

Deno.test("[fault] one file through two instances at the same moment is one import", () =>
  withImportServices(async (services) => {
    const others = openSqliteDocuments({ path: `${services.directory}/t.sqlite` });
    const instances = [services, { ...services, documents: others }];
    const jobs = await Promise.all(instances.map((instance) => {
      const body = new Blob([CSV]).stream();
      return createImport(instance, LOCAL_OWNER, { dataset: "ads", filename: "a.csv", body });
    }));
    const signal = new AbortController().signal;
    const context = { workspace: "default", signal, log: silentLog } as JobContext;
    await Promise.all(
      instances.map((instance, i) =>
        importFileJob.run(instance as unknown as Services, { ...context, key: jobs[i]!.id })
      ),
    );
    const ended = await Promise.all(jobs.map(({ id }) => getImport(services, LOCAL_OWNER, id)));
    assert.deepEqual(ended.map(({ state }) => state).toSorted(), ["duplicate", "published"]);
    const [one, two] = ended.toSorted((a, b) => a.state < b.state ? -1 : 1);
    assert.equal(one!.duplicateOf, two!.id);
    await others.close();
  }));

Deno.test("[fault] an upload repeated under its Idempotency-Key is one import, at the same time and later", () =>
  withApp(async (app) => {
    const send = (key: string, body: BodyInit = CSV) =>
      app.fetch("/api/imports?dataset=ads", { method: "POST", body, headers: { "idempotency-key": key } });
    const answers = await Promise.all([send("a"), send("a"), send("a")]);
    answers.push(await send("a"));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    assert.ok(answers.every(({ status }) => status === 202));
    assert.equal(new Set(bodies.map(({ id }) => id)).size, 1);
    for (const answer of answers) assert.equal(answer.headers.get("location"), `/api/imports/${bodies[0].id}`);
    assert.equal((await imports(app)).length, 1);
    await settled(app, bodies[0].id);
    await problemOf(await send("a", CSV + "2026-01-02,google_ads,Shop,Brand,EUR,1,1,1,1,1\n"), 422);
    await problemOf(await send(""), 400);
    await problemOf(await send("x".repeat(300)), 400);
    assert.equal((await imports(app)).length, 1);
    const form = () => {
      const data = new FormData();
      data.set("file", new File([CSV.replace("Brand", "Form")], "form.csv"));
      return data;
    };
    const [one, two] = [await send("form", form()), await send("form", form())];
    assert.deepEqual([one.status, two.status], [202, 202]);
    assert.equal((await one.json()).id, (await two.json()).id);
  }));

Deno.test("[fault] an answer that failed is not kept: the same key works once the cause is gone", () =>
  withApp(async (app) => {
    const send = (body: unknown) => app.fetch("/api/dashboards", json(body, { "idempotency-key": "k" }));
    await problemOf(await send({ nothing: true }), 400);
    assert.equal((await send({ title: "Now" })).status, 201);
    await problemOf(await send({ title: "Else" }), 422);
  }));

Deno.test("[fault] every other POST under one key has one effect as well", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV);
    const post = (path: string, key: string, body?: unknown) =>
      app.fetch(
        path,
        body === undefined
          ? { method: "POST", headers: { "idempotency-key": key } }
          : json(body, { "idempotency-key": key }),
      );
    const twice = async (path: string, key: string, body?: unknown) => {
      const answers = await Promise.all([post(path, key, body), post(path, key, body)]);
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      assert.equal(answers[0]!.status, answers[1]!.status, texts.join("\n"));
      assert.ok(answers[0]!.ok, texts[0]);
      assert.equal(texts[0], texts[1]);
    };
    await twice(`/api/imports/${id}/rollback`, "1");
    await twice(`/api/imports/${id}/restore`, "2");
    assert.deepEqual(await totals(app), [2, 120.75]);
    assert.equal((await (await app.fetch("/api/datasets/ads")).json()).state.version, 3);
    const ready = await importFile(app, CSV.replace("Brand", "Other"), "dataset=ads&confirm=true");
    assert.equal(ready.state, "ready");
    await twice(`/api/imports/${ready.id}/publish`, "3");
    assert.equal((await settled(app, ready.id)).state, "published");
    const unclear = CSV.replaceAll("2026-01-01", "03/04/2026");
    const waiting = await importFile(app, unclear);
    assert.equal(waiting.state, "needs-mapping");
    const { id: question, choices } = waiting.question!;
    await twice(`/api/imports/${waiting.id}/answers`, "4", { answers: { [question]: choices[0]!.value } });
    assert.equal((await settled(app, waiting.id)).state, "published");
    await twice("/api/query", "5", { dataset: "ads", metrics: ["spend"] });
    await twice("/api/dashboards", "6", { id: "once", title: "Once" });
    await twice("/api/dashboards/once/answers", "7", { search: "" });
    const columns = [{ name: "day", title: "Day", role: "time", type: "date", required: true }];
    await twice("/api/datasets", "8", { id: "mine", title: "Mine", columns, metrics: [] });
  }));

Deno.test("[fault] two who save one dashboard at the same moment: one is kept, the other gets both texts", () =>
  withApp(async (app) => {
    await app.fetch("/api/dashboards", json({ id: "d", title: "Start" }));
    const save = (title: string) => app.fetch("/api/dashboards/d", json({ title }, { "if-match": '"1"' }, "PUT"));
    const answers = await Promise.all(["A", "B", "C", "D"].map(save));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409]);
    const winner = await (await app.fetch("/api/dashboards/d")).json();
    assert.equal(winner.version, 2);
    const yours = new Set<string>([winner.title]);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      const problem = await problemOf(answer, 409) as {
        current: { title: string; version: number };
        yours: { title: string };
      };
      assert.deepEqual([problem.current.title, problem.current.version], [winner.title, 2]);
      yours.add(problem.yours.title);
    }
    assert.deepEqual([...yours].toSorted(), ["A", "B", "C", "D"], "no text is lost");
  }));
