import { define } from "@/lib/define.ts";
import { wholeBody } from "@/lib/http/read_upload.ts";
import { readChunkOffset, uploadHeaders } from "@/lib/http/upload_headers.ts";
import { cancelImport } from "@/lib/ingest/imports.ts";
import { getUpload, writeChunk } from "@/lib/ingest/uploads.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const upload = await getUpload(services, viewer, ctx.params.id!);
    return ctx.json(upload, { headers: uploadHeaders(upload) });
  },
  async PATCH(ctx) {
    const { services, viewer } = ctx.state;
    const offset = readChunkOffset(ctx.req.headers);
    const body = wholeBody(ctx.req.body ?? ReadableStream.from([]));
    const upload = await writeChunk(services, viewer, ctx.params.id!, { offset, body });
    return new Response(null, { status: 204, headers: uploadHeaders(upload) });
  },
  async DELETE(ctx) {
    const { services, viewer } = ctx.state;
    await cancelImport(services, viewer, ctx.params.id!);
    return new Response(null, { status: 204 });
  },
});
