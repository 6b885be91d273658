import { z } from "zod";
import { type Operation, operations } from "./contract.ts";

/** RFC 9457. */
const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string().optional(),
});

/** The API as an OpenAPI 3.1 document, made of the zod schemas that check its requests. */
export function openApi(serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemas: Schemas = {};
  schemas.Problem = jsonSchema(problemSchema, "output", schemas);
  for (const operation of operations) {
    const path = paths[operation.path] ??= {};
    path[operation.method] = describe(operation, schemas);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tessera",
      version: "1",
      description:
        "Import marketing exports, ask for metrics, keep dashboards. Fields and states may be added, never changed.",
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

type Schemas = Record<string, Record<string, unknown>>;

function describe(operation: Operation, schemas: Schemas): Record<string, unknown> {
  const { method, path, summary, query = {}, headers = {}, body, answers } = operation;
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...Object.entries(query).map(([name, { description, schema, required = false }]) => ({
      name,
      in: "query",
      required,
      description,
      schema: jsonSchema(schema, "input", schemas),
    })),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: "header",
      required: false,
      description,
      schema: { type: "string" },
    })),
  ];
  return {
    operationId: operationId(method, path),
    summary,
    parameters,
    ...(body && {
      requestBody: {
        required: true,
        description: body.description,
        content: {
          [body.type]: {
            schema: body.schema ? jsonSchema(body.schema, "input", schemas) : { type: "string", format: "binary" },
          },
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, type = "application/json", schema }]) => [
          status,
          schema || type !== "application/json"
            ? { description, content: { [type]: schema ? { schema: jsonSchema(schema, "output", schemas) } : {} } }
            : { description },
        ]),
      ),
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function operationId(method: string, path: string): string {
  const words = path.replace(/^\/api/, "").split(/[^A-Za-z]+/).filter(Boolean);
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

/** Schemas that others name (by `.meta({ id })`) move to the document's components. */
function jsonSchema(schema: z.ZodType, io: "input" | "output", schemas: Schemas): Record<string, unknown> {
  const { $schema: _dialect, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  Object.assign(schemas, repoint($defs));
  return repoint(rest) as Record<string, unknown>;
}

function repoint(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repoint);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "$ref" && typeof inner === "string"
        ? inner.replace("#/$defs/", "#/components/schemas/")
        : repoint(inner),
    ]),
  );
}
