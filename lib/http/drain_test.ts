import assert from "node:assert/strict";
import { createDrain, drainAndShutdown } from "./drain.ts";
import { eventStream } from "./sse.ts";

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Deno.test("drain() refuses what is new with 503 and Retry-After, and waits for what runs", async () => {
  const drain = createDrain();
  const gate = Promise.withResolvers<Response>();
  const running = drain.handle(() => gate.promise);
  assert.equal(drain.inFlight, 1);
  const drained = drain.drain({ deadlineMs: 5_000 });
  assert.equal(drain.signal.aborted, true);
  const refused = await drain.handle(() => assert.fail("handled"));
  assert.equal(refused.status, 503);
  assert.ok(refused.headers.get("retry-after"));
  assert.equal(refused.headers.get("content-type"), "application/problem+json");
  gate.resolve(new Response("done"));
  assert.equal(await (await running).text(), "done");
  assert.equal(await drained, true);
  assert.equal(drain.inFlight, 0);
});

Deno.test("drain() answers false where something does not end in time, and true where nothing runs", async () => {
  const drain = createDrain();
  void drain.handle(() => new Promise<Response>(() => {}));
  assert.equal(await drain.drain({ deadlineMs: 10 }), false);
  assert.equal(await createDrain().drain(), true);
});

Deno.test("handle() counts a handler that throws as ended", async () => {
  const drain = createDrain();
  await assert.rejects(drain.handle(() => Promise.reject(new RangeError("x"))), RangeError);
  await assert.rejects(
    drain.handle(() => {
      throw new RangeError("x");
    }),
    RangeError,
  );
  assert.equal(drain.inFlight, 0);
});

Deno.test("drainAndShutdown() lets an upload arrive whole, ends event streams, and then closes the server", async () => {
  const drain = createDrain();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) =>
    drain.handle(async () => {
      if (new URL(request.url).pathname === "/events") {
        return eventStream(() => {}, { signal: AbortSignal.any([request.signal, drain.signal]) });
      }
      let bytes = 0;
      for await (const chunk of request.body!) bytes += chunk.length;
      return new Response(String(bytes));
    }));
  const address = `http://127.0.0.1:${server.addr.port}`;
  const events = await fetch(`${address}/events`);
  const slow = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (let i = 0; i < 10; i++) {
        controller.enqueue(new Uint8Array(10_000));
        await delay(20);
      }
      controller.close();
    },
  });
  const upload = fetch(address, { method: "POST", body: slow });
  while (drain.inFlight < 1) await delay(5);
  await delay(40);
  const closed = drainAndShutdown(server, drain, { deadlineMs: 5_000 });
  assert.equal((await fetch(address)).status, 503);
  const answer = await upload;
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), "100000");
  assert.equal(await events.text(), "retry: 2000\n\n");
  assert.equal(await closed, true);
  await assert.rejects(fetch(address), TypeError);
});
