import assert from "node:assert/strict";
import { DeadlineError, withinDeadline } from "./deadline.ts";

const after = <T>(ms: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));

Deno.test("withinDeadline() answers what comes in time, errors too, and leaves no timer behind", async () => {
  assert.equal(await withinDeadline(after(1, "value"), 60_000), "value");
  await assert.rejects(withinDeadline(Promise.reject(new RangeError("no")), 60_000), RangeError);
});

Deno.test("withinDeadline() gives up what does not come; its later error is nobody's", async () => {
  const late = after(40, "late").then(() => Promise.reject(new RangeError("late")));
  await assert.rejects(withinDeadline(late, 5), DeadlineError);
  await after(60, null);
});

Deno.test("withinDeadline() reads an answer that came while this process was busy", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  const server = await listener.accept();
  await server.write(new Uint8Array([1]));
  const answer = withinDeadline(client.read(new Uint8Array(1)), 20);
  const busyUntil = performance.now() + 150;
  while (performance.now() < busyUntil);
  assert.equal(await answer, 1);
  for (const resource of [client, server, listener]) resource.close();
});
