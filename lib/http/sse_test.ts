import assert from "node:assert/strict";
import { type EventSink, eventStream } from "./sse.ts";

const never = () => new AbortController().signal;

Deno.test("eventStream() sends retry, then events with id, name and JSON, and ends after close()", async () => {
  let ended = 0;
  const response = eventStream((sink) => {
    sink.send({ id: "7\nforged: x", event: "dataset", data: { text: "a\nb" } });
    sink.send({ data: [1] });
    queueMicrotask(() => sink.close());
    return () => ended++;
  }, { signal: never() });
  assert.match(response.headers.get("content-type")!, /^text\/event-stream/);
  assert.match(response.headers.get("cache-control")!, /no-store/);
  const expected = 'retry: 2000\n\nid: 7 forged: x\nevent: dataset\ndata: {"text":"a\\nb"}\n\ndata: [1]\n\n';
  assert.equal(await response.text(), expected);
  assert.equal(ended, 1);
});

Deno.test("eventStream() ends on its signal, once, and sends nothing more", async () => {
  const stop = new AbortController();
  let sink!: EventSink;
  let ended = 0;
  const response = eventStream((given) => {
    sink = given;
    return () => ended++;
  }, { signal: stop.signal });
  assert.equal(sink.send({ data: 1 }), true);
  stop.abort();
  stop.abort();
  assert.equal(sink.send({ data: 2 }), false);
  sink.close();
  assert.equal(await response.text(), "retry: 2000\n\ndata: 1\n\n");
  assert.equal(ended, 1);
  assert.equal(
    await eventStream(() => assert.fail("begun"), { signal: AbortSignal.abort() }).text(),
    "retry: 2000\n\n",
  );
});

Deno.test("eventStream() ends its source when the client goes away", async () => {
  let ended = 0;
  const response = eventStream(() => () => ended++, { signal: never() });
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  assert.equal(ended, 1);
});

Deno.test("eventStream() ends a source that closed while it began", async () => {
  let ended = 0;
  const response = eventStream((sink) => {
    sink.close();
    return () => ended++;
  }, { signal: never() });
  await response.text();
  assert.equal(ended, 1);
});

Deno.test("eventStream() keeps a silent connection alive", async () => {
  const response = eventStream(() => {}, { signal: never(), heartbeatMs: 5, retryMs: 9 });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "retry: 9\n\n");
  assert.equal((await reader.read()).value, ": alive\n\n");
  await reader.cancel();
});

Deno.test("eventStream() cuts off a client that does not read, with bounded memory", async () => {
  let sink!: EventSink;
  let ended = 0;
  const response = eventStream((given) => {
    sink = given;
    return () => ended++;
  }, { signal: never(), maxBufferedBytes: 1_000 });
  let sent = 0;
  while (sink.send({ data: "x".repeat(100) })) sent++;
  assert.ok(sent < 12, `${sent} events waited`);
  assert.equal(ended, 1);
  assert.ok((await response.text()).length < 1_300);
});
