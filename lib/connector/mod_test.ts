import assert from "node:assert/strict";
import { z } from "zod";
import { defineConnector } from "./mod.ts";

const connector = defineConnector({
  kind: "ad-spend",
  title: "Ad spend",
  settings: z.object({
    endpoint: z.url().meta({ label: "Endpoint" }),
    token: z.string().min(1).meta({ label: "Access token", secret: true }),
  }),
  columns: { day: "date", cost: "spend", clicks: "clicks" },
  async *read({ endpoint, token }, { fetch, signal }) {
    const response = await fetch(endpoint, { headers: { authorization: `Bearer ${token}` }, signal });
    yield* await response.json();
  },
});

Deno.test("defineConnector() gives rows as text, and keeps what is missing missing", async () => {
  const items = [{ day: "2026-01-02", cost: 1.5, clicks: null, other: 1 }, {
    day: "2026-01-03",
    cost: 0,
    clicks: false,
  }];
  const rows = [];
  const context = { fetch: () => Promise.resolve(Response.json(items)), signal: new AbortController().signal };
  for await (const row of connector.read({ endpoint: "https://example.com/", token: "t" }, context)) rows.push(row);
  assert.deepEqual(rows, [
    { date: "2026-01-02", spend: "1.5", clicks: null },
    { date: "2026-01-03", spend: "0", clicks: "false" },
  ]);
});

Deno.test("defineConnector() checks settings before it reads, and tells forms which are secret", async () => {
  const context = { fetch: () => assert.fail("it read"), signal: new AbortController().signal };
  await assert.rejects(() => connector.read({ endpoint: "x" }, context)[Symbol.asyncIterator]().next(), {
    name: "ZodError",
  });
  const { properties } = connector.settings as { properties: Record<string, { label: string; secret?: boolean }> };
  assert.deepEqual(properties.token?.secret, true);
  assert.equal(properties.endpoint?.label, "Endpoint");
});
