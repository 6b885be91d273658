import { App } from "../app.ts";
import { ALIVE_URL, DEV_ERROR_OVERLAY_URL } from "../constants.ts";
import { errorOverlay } from "./error_overlay.ts";

/** Put what developing needs around an app: live reload and the details of errors. */
export function createDevApp<State>(app: App<State>, signal: AbortSignal | undefined): App<unknown> {
  const handler = app.handler();
  const { basePath } = app.config;
  return new App<unknown>({ mode: "development" })
    .get(basePath + ALIVE_URL, aliveStream(signal))
    .get(basePath + DEV_ERROR_OVERLAY_URL, errorOverlay)
    .all("*", (ctx) => handler(ctx.req, ctx.info));
}

/** Tells every page that connects which run of the server this is. */
function aliveStream(signal: AbortSignal | undefined): () => Response {
  const message = new TextEncoder().encode(`retry: 500\ndata: ${crypto.randomUUID()}\n\n`);
  return () => {
    let close: () => void;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(message);
        // An open stream would keep the server from ending.
        close = () => controller.close();
        signal?.addEventListener("abort", close);
      },
      cancel: () => signal?.removeEventListener("abort", close),
    });
    return new Response(body as BodyInit, {
      headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" },
    });
  };
}
