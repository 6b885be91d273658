import { define } from "@/lib/define.ts";
import { InputError } from "@/lib/errors.ts";
import { attachment, toCsv } from "@/lib/http/csv.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { getImport, rejectedRows } from "@/lib/ingest/imports.ts";

/** Rows of the download that are read at once. */
const CHUNK = 1_000;
const COLUMNS = ["line", "column", "value", "reason", "code"];

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const id = ctx.params.id!;
    if (!wantsCsv(ctx.req, ctx.url)) {
      return ctx.json(await rejectedRows(services, viewer, id, readPage(ctx.url.searchParams)));
    }
    const { filename } = await getImport(services, viewer, id);
    const headers = {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": attachment(`set aside from ${filename}`.replace(/(\.\w+)?$/, ".csv")),
    };
    return ctx.stream(async function* () {
      for (let offset = 0;; offset += CHUNK) {
        const { rows, total } = await rejectedRows(services, viewer, id, { offset, limit: CHUNK });
        const text = toCsv(COLUMNS, rows);
        // The header comes once, with the first chunk.
        yield offset === 0 ? text : text.slice(text.indexOf("\r\n") + 2);
        if (offset + CHUNK >= total) return;
      }
    }, { headers });
  },
});

function wantsCsv(request: Request, url: URL): boolean {
  const format = url.searchParams.get("format");
  if (format === null) return /\btext\/csv\b/i.test(request.headers.get("accept") ?? "");
  if (format === "csv" || format === "json") return format === "csv";
  throw new InputError(
    "bad-format",
    `Cannot answer as "${format.slice(0, 60)}": use format=csv or format=json`,
    {},
    400,
  );
}
