import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { InputError, TesseraError } from "@/lib/errors.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { idempotencyCollection, type IdempotencyOptions, withIdempotency } from "./idempotency.ts";

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Ask {
  key?: string;
  body?: BodyInit;
  path?: string;
  headers?: Record<string, string>;
  actor?: string;
  options?: IdempotencyOptions;
  answer?: () => Response | Promise<Response>;
}

/** A store, a handler that counts its effects, and a way to ask it. */
async function withHandler(
  run: (
    world: {
      ask(ask: Ask): Promise<Response>;
      effects: () => number;
      pass(ms: number): void;
      documents: ReturnType<typeof openSqliteDocuments>;
    },
  ) => Promise<void>,
) {
  let time = Date.parse("2026-01-01T00:00:00Z");
  let effects = 0;
  const documents = openSqliteDocuments({ path: ":memory:", now: () => time });
  const ask = (
    { key = "k", body = '{"a":1}', path = "/api/dashboards", headers = {}, actor = "local", options, answer }: Ask,
  ) => {
    const request = new Request(`http://localhost${path}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}), ...headers },
    });
    return withIdempotency({ documents }, { ...LOCAL_OWNER, actor }, request, async () => {
      const text = await request.text();
      effects++;
      if (answer) return await answer();
      return Response.json({ made: effects, text }, {
        status: 201,
        headers: { location: `/x/${effects}`, "x-other": "1" },
      });
    }, options);
  };
  try {
    await run({ ask, effects: () => effects, pass: (ms) => time += ms, documents });
  } finally {
    await documents.close();
  }
}

Deno.test("withIdempotency() answers a repeated request with the same answer and one effect", () =>
  withHandler(async ({ ask, effects }) => {
    const first = await ask({});
    const second = await ask({});
    assert.equal(effects(), 1);
    assert.equal(second.status, 201);
    assert.equal(second.headers.get("location"), "/x/1");
    assert.equal(second.headers.get("content-type"), "application/json");
    assert.equal(second.headers.get("idempotency-replayed"), "true");
    assert.equal(first.headers.get("idempotency-replayed"), null);
    assert.equal(await second.text(), await first.text());
  }));

Deno.test("withIdempotency() runs every request without a key, and each key, actor for itself", () =>
  withHandler(async ({ ask, effects }) => {
    await ask({ key: "" });
    await ask({ key: "" });
    await ask({ key: "a" });
    await ask({ key: "b" });
    await ask({ key: "a", actor: "other" });
    assert.equal(effects(), 5);
  }));

Deno.test("withIdempotency() refuses another request under the same key, and keys that are none", () =>
  withHandler(async ({ ask, effects }) => {
    await ask({});
    for (
      const other of [{ body: '{"a":2}' }, { path: "/api/query" }, { path: "/api/dashboards?x=1" }, {
        headers: { "content-type": "text/csv" },
      }]
    ) {
      await assert.rejects(ask(other), (error) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.status, 422);
        assert.equal(error.code, "idempotency-key-reused");
        return true;
      });
    }
    for (const key of ["with space", "x".repeat(256)]) await assert.rejects(ask({ key }), { status: 400 });
    assert.equal(effects(), 1);
  }));

Deno.test("withIdempotency() lets the second of two at the same time wait for the first one's answer", () =>
  withHandler(async ({ ask, effects }) => {
    const gate = Promise.withResolvers<void>();
    const answer = async () => {
      await gate.promise;
      return new Response("made", { status: 202 });
    };
    const asked = [ask({ answer }), ask({ answer }), ask({ answer })];
    await delay(60);
    gate.resolve();
    const answers = await Promise.all(asked);
    assert.deepEqual(await Promise.all(answers.map((a) => a.text())), ["made", "made", "made"]);
    assert.equal(effects(), 1);
  }));

Deno.test("withIdempotency() answers 409 where the first one takes too long, and renews its claim meanwhile", () =>
  withHandler(async ({ ask, effects, pass }) => {
    const gate = Promise.withResolvers<void>();
    const options = { leaseMs: 60, waitMs: 100 };
    const answer = async () => {
      await gate.promise;
      return new Response("made");
    };
    const first = ask({ options, answer });
    for (let i = 0; i < 5; i++) {
      await delay(40);
      pass(40); // longer than the lease in all: without renewal it would be taken over
    }
    await assert.rejects(ask({ options, answer }), (error) => {
      assert.ok(error instanceof TesseraError);
      assert.deepEqual([error.status, error.code], [409, "idempotency-in-progress"]);
      return true;
    });
    gate.resolve();
    assert.equal(await (await first).text(), "made");
    assert.equal(await (await ask({ options, answer })).text(), "made");
    assert.equal(effects(), 1);
  }));

Deno.test("withIdempotency() takes over a key whose process was killed", () =>
  withHandler(async ({ ask, effects, documents, pass }) => {
    await ask({});
    const [stored] = (await documents.list(idempotencyCollection, "default")).items;
    const { answer: _gone, ...dead } = stored!.doc;
    await documents.put(idempotencyCollection, "default", dead, stored!.version);
    pass(11_000);
    assert.equal((await ask({})).status, 201);
    assert.equal(effects(), 2);
    assert.equal((await ask({})).headers.get("location"), "/x/2");
  }));

Deno.test("withIdempotency() keeps neither thrown errors nor server errors, but keeps refusals", () =>
  withHandler(async ({ ask, effects }) => {
    await assert.rejects(ask({ answer: () => Promise.reject(new RangeError("x")) }), RangeError);
    assert.equal((await ask({ answer: () => new Response("x", { status: 503 }) })).status, 503);
    assert.equal((await ask({ answer: () => new Response("no", { status: 409 }) })).status, 409);
    const replayed = await ask({});
    assert.deepEqual([replayed.status, await replayed.text()], [409, "no"]);
    assert.equal(effects(), 3);
  }));

Deno.test("withIdempotency() forgets a key after a day", () =>
  withHandler(async ({ ask, effects, pass }) => {
    await ask({});
    pass(86_400_001);
    await ask({ body: '{"another":1}' });
    assert.equal(effects(), 2);
  }));

Deno.test("withIdempotency() does not read an upload: the handler gets it as a stream", () =>
  withHandler(async ({ ask, effects }) => {
    const headers = { "content-type": "text/csv" };
    const upload = () => ReadableStream.from([new TextEncoder().encode("a,b\n")]);
    assert.match(await (await ask({ body: upload(), headers })).text(), /a,b/);
    assert.match(await (await ask({ body: upload(), headers })).text(), /a,b/);
    assert.equal(effects(), 1);
  }));

Deno.test("withIdempotency() answers long bodies without keeping them", () =>
  withHandler(async ({ ask, effects }) => {
    const long = "x".repeat(2 ** 20 + 1);
    const answer = () => new Response(long);
    assert.equal(await (await ask({ answer })).text(), long);
    assert.equal(await (await ask({ answer })).text(), long);
    assert.equal(effects(), 2);
  }));
