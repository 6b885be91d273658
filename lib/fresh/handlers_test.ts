import assert from "node:assert/strict";
import { isHandlerByMethod, page } from "./handlers.ts";

Deno.test("page() keeps data, status and headers", () => {
  assert.deepEqual(page(), { data: undefined, status: undefined, headers: undefined });
  const headers = { "X-Foo": "1" };
  assert.deepEqual(page({ a: 1 }, { status: 201, headers }), { data: { a: 1 }, status: 201, headers });
});

Deno.test("isHandlerByMethod() knows objects from functions and lists", () => {
  assert.equal(isHandlerByMethod({}), true);
  assert.equal(isHandlerByMethod({ GET: () => new Response("ok") }), true);
  for (const handler of [() => new Response("ok"), [], null, undefined]) {
    assert.equal(isHandlerByMethod(handler), false);
  }
});
