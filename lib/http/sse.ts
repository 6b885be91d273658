/** Server-sent events as an answer. */

/** One event as the browser gets it. */
export interface SseEvent {
  /** What the browser sends back as `Last-Event-ID` when it connects again. */
  id?: string;
  /** @default "message" */
  event?: string;
  /** Sent as JSON. */
  data: unknown;
}

/** How a stream behaves. */
export interface EventStreamOptions {
  /** Ends the stream: the request's signal together with the one of draining. */
  signal: AbortSignal;
  /** How long the browser waits before it connects again. @default 2000 */
  retryMs?: number;
  /** A comment as often as this keeps proxies from cutting a silent connection. @default 15000 */
  heartbeatMs?: number;
  /** How much may wait for a slow client before it is cut off; it connects again and asks for what stands. @default 65536 */
  maxBufferedBytes?: number;
}

/** What the source of events gets. */
export interface EventSink {
  /** False once the stream has ended. */
  send(event: SseEvent): boolean;
  /** Ends the stream, after what was sent. */
  close(): void;
}

/**
 * Answers with a stream of events. `start` begins to send and answers what ends its source; that is called exactly
 * once, whoever ends the stream: the client, the server, or the source itself.
 */
export function eventStream(
  start: (sink: EventSink) => (() => void) | void,
  options: EventStreamOptions,
): Response {
  const { signal, retryMs = 2_000, heartbeatMs = 15_000, maxBufferedBytes = 65_536 } = options;
  const encoder = new TextEncoder();
  let end = () => {};

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true;
      let endSource = () => {};
      const write = (text: string) => {
        if (!open) return false;
        controller.enqueue(encoder.encode(text));
        if ((controller.desiredSize ?? 0) > 0) return true;
        end();
        return false;
      };
      const heartbeat = setInterval(() => write(": alive\n\n"), heartbeatMs);
      end = () => {
        if (!open) return;
        open = false;
        clearInterval(heartbeat);
        signal.removeEventListener("abort", end);
        try {
          controller.close();
        } catch {
          // The client was faster and has cancelled it: nothing is left to close.
        }
        endSource();
      };
      signal.addEventListener("abort", end);
      write(`retry: ${retryMs}\n\n`);
      if (signal.aborted) return end();
      endSource = start({ send: (event) => write(format(event)), close: () => end() }) ?? endSource;
      // The source may have ended the stream before it could say how to end itself.
      if (!open) endSource();
    },
    cancel() {
      end();
    },
  }, new ByteLengthQueuingStrategy({ highWaterMark: maxBufferedBytes }));

  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function format({ id, event, data }: SseEvent): string {
  const lines: string[] = [];
  if (id !== undefined) lines.push(`id: ${oneLine(id)}`);
  if (event !== undefined) lines.push(`event: ${oneLine(event)}`);
  lines.push(`data: ${JSON.stringify(data) ?? "null"}`); // JSON has no line breaks
  return lines.join("\n") + "\n\n";
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, " ");
}
