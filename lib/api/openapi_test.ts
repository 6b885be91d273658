import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { operations } from "./contract.ts";
import { openApi } from "./openapi.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Method and path of every handler below `routes/api`, and of the health checks. */
async function routeOperations(): Promise<string[]> {
  const found: string[] = [];
  async function visit(folder: string): Promise<void> {
    for await (const entry of Deno.readDir(`${root}routes${folder}`)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await visit(path);
      else if (/^(\/api\/|\/healthz|\/readyz)/.test(path) && !/_test\.|\/_/.test(path)) {
        const route = await import(`../../routes${path}`) as Record<string, object>;
        const handlers = route.handlers ?? route.handler;
        assert.ok(handlers, `routes${path} exports handlers`);
        const url = path.replace(/\.tsx?$/, "").replace(/\/index$/, "").replaceAll(/\[(\w+)\]/g, "{$1}");
        for (const method of Object.keys(handlers)) found.push(`${method.toLowerCase()} ${url}`);
      }
    }
  }
  await visit("");
  return found.sort();
}

Deno.test("openApi() describes the operations that exist, all of them and no others", async () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`).sort();
  assert.deepEqual(described, await routeOperations());
});

Deno.test("openApi() answers a document whose references all lead somewhere", () => {
  const document = openApi("http://localhost:8000");
  const schemas = (document.components as { schemas: Record<string, unknown> }).schemas;
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
  assert.ok(references.length > 0);
  for (const reference of references) {
    assert.ok(reference.replace("#/components/schemas/", "") in schemas, `${reference} is defined`);
  }
});

Deno.test("openApi() gives every operation an id of its own", () => {
  const { paths } = openApi("http://localhost:8000") as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  assert.equal(new Set(ids).size, ids.length);
});
