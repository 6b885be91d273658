import { App } from "../app.ts";
import { ALIVE_URL, DEV_ERROR_OVERLAY_URL } from "../constants.ts";
import { errorOverlay } from "./error_overlay.ts";

/** Put what developing needs around an app: live reload and the details of errors. */
export function createDevApp<State>(app: App<State>): App<unknown> {
  const handler = app.handler();
  const { basePath } = app.config;
  const revision = crypto.randomUUID();
  return new App<unknown>({ mode: "development" })
    .get(basePath + ALIVE_URL, () => aliveStream(revision))
    .get(basePath + DEV_ERROR_OVERLAY_URL, errorOverlay)
    .all("*", (ctx) => handler(ctx.req, ctx.info));
}

/** Tells a page which run of the server this is, and ends when the server does. */
function aliveStream(revision: string): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(`retry: 500\ndata: ${revision}\n\n`)),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" } });
}
