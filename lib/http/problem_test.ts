import assert from "node:assert/strict";
import { z } from "zod";
import { HttpError } from "fresh";
import { ConflictError, InputError, UnavailableError } from "@/lib/errors.ts";
import { problem, statusOf } from "./problem.ts";

async function bodyOf(error: unknown) {
  const response = problem(error, { requestId: "r1" });
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const body = await response.json();
  assert.equal(body.status, response.status);
  assert.equal(body.requestId, "r1");
  assert.equal(typeof body.title, "string");
  return body;
}

Deno.test("problem() tells our own errors with code, sentence and further fields", async () => {
  const body = await bodyOf(new ConflictError("Somebody was faster", { current: 3, status: 200, requestId: "forged" }));
  assert.deepEqual(body, {
    type: "about:blank",
    title: "Conflict",
    status: 409,
    code: "conflict",
    detail: "Somebody was faster",
    current: 3,
    requestId: "r1",
  });
  assert.equal((await bodyOf(new InputError("bad-thing", "x", {}, 400))).status, 400);
});

Deno.test("problem() names the fields of a schema's error", async () => {
  const { error } = z.object({ limit: z.number(), at: z.object({ x: z.string() }) }).safeParse({ limit: "9", at: {} });
  const body = await bodyOf(error);
  assert.equal(body.status, 400);
  assert.deepEqual(body.errors.map((e: { field: string }) => e.field), ["limit", "at.x"]);
  assert.match(body.detail, /"limit"/);
});

Deno.test("problem() takes the framework's errors by their status", async () => {
  assert.equal((await bodyOf(new HttpError(404))).code, "not-found");
  assert.equal((await bodyOf(new HttpError(405, "Use GET"))).detail, "Use GET");
  assert.equal((await bodyOf(new HttpError(500, "at /srv/secret.ts"))).code, "internal");
});

Deno.test("problem() tells nothing of anything else", async () => {
  for (
    const error of [
      new TypeError("password=hunter2 at /srv/app.ts:3"),
      "text",
      null,
      { status: 404 },
      Object.assign(new Error("x"), { status: 200 }),
    ]
  ) {
    const body = await bodyOf(error);
    assert.equal(body.status, 500);
    assert.doesNotMatch(JSON.stringify(body), /hunter2|srv|stack/);
  }
  assert.equal(statusOf(undefined), 500);
});

Deno.test("problem() says when to come back, and how to prove who asks", () => {
  assert.equal(problem(new UnavailableError("later")).headers.get("retry-after"), "5");
  assert.match(problem(new HttpError(401)).headers.get("www-authenticate")!, /^Bearer/);
});
