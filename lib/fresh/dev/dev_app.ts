import { App } from "../app.ts";
import { ALIVE_URL, DEV_ERROR_OVERLAY_URL } from "../constants.ts";
import type { Context } from "../context.ts";
import { errorOverlay } from "./error_overlay.ts";
import { hashContent } from "./hash.ts";

/** Where Chromium's developer tools ask which folder the page comes from. */
const WORKSPACE_URL = "/.well-known/appspecific/com.chrome.devtools.json";

/** Put what developing needs around an app: live reload and the details of errors. */
export function createDevApp<State>(app: App<State>, root: string): App<unknown> {
  const handler = app.handler();
  const { basePath } = app.config;
  const revision = crypto.randomUUID();
  return new App<unknown>({ mode: "development" })
    .get(basePath + ALIVE_URL, () => aliveStream(revision))
    .get(basePath + DEV_ERROR_OVERLAY_URL, errorOverlay)
    .get(WORKSPACE_URL, (ctx) => workspace(ctx, root))
    .all("*", (ctx) => handler(ctx.req, ctx.info));
}

/** Tells a page which run of the server this is, and ends when the server does. */
function aliveStream(revision: string): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(`retry: 500\ndata: ${revision}\n\n`)),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" } });
}

/** Tells the folder to tools on this machine, and to nobody else. */
async function workspace(ctx: Context<unknown>, root: string): Promise<Response> {
  if (!["localhost", "127.0.0.1", "[::1]"].includes(ctx.url.hostname)) return new Response(null, { status: 404 });
  // The same for every run, since the tools remember the folder by it.
  const hash = await hashContent(new TextEncoder().encode(root));
  const uuid = hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  return Response.json({ workspace: { root, uuid } }, { headers: { Etag: `W/"${hash}"` } });
}
