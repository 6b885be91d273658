import { uploadBodySchema } from "@/lib/api/contract.ts";
import { define } from "@/lib/define.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { displayName } from "@/lib/http/read_upload.ts";
import { uploadHeaders } from "@/lib/http/upload_headers.ts";
import { createUpload } from "@/lib/ingest/uploads.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const body = await readJson(ctx.req, uploadBodySchema);
      const input = { ...body, filename: displayName(body.filename) };
      const { upload, created } = await createUpload(services, viewer, input);
      const headers = { ...uploadHeaders(upload), location: `/api/uploads/${upload.id}` };
      return ctx.json(upload, { status: created ? 201 : 200, headers });
    });
  },
});
