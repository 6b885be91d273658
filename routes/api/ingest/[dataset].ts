import { define } from "@/lib/define.ts";
import { hashBody } from "@/lib/http/hash_body.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { readRows } from "@/lib/http/read_rows.ts";
import { createImport } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  /** Rows go the way of every file: staged as text, cleaned, published as an import. */
  POST(ctx) {
    const { services, viewer } = ctx.state;
    const dataset = ctx.params.dataset!;
    let csv: Blob | undefined;
    const read = async () => csv ??= await readRows(ctx.req);
    return withIdempotency(services, viewer, ctx.req, async () => {
      const input = { dataset, filename: "stream.csv", body: (await read()).stream() };
      const job = await createImport(services, viewer, input);
      return ctx.json(importAnswer(job), { status: 202, headers: { location: `/api/imports/${job.id}` } });
    }, {
      async isSame(answer) {
        const { sha256 } = await answer.json();
        return sha256 === await hashBody((await read()).stream(), Infinity);
      },
    });
  },
});
