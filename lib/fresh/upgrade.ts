import { HttpError } from "./error.ts";

/** Event handlers of a WebSocket connection. */
export interface WebSocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** Options of `Deno.upgradeWebSocket()`. */
export interface WebSocketUpgradeOptions {
  /** Seconds without a ping after which the connection is closed. */
  idleTimeout?: number;
  /** Sub-protocol to agree on. */
  protocol?: string;
}

/** Whether the value holds event handlers rather than options. */
export function isWebSocketHandlers(value: unknown): value is WebSocketHandlers {
  if (typeof value !== "object" || value === null) return false;
  return ["open", "message", "close", "error"].some((name) =>
    name in value && typeof Reflect.get(value, name) === "function"
  );
}

/** Turn a request into a WebSocket connection. */
export function upgradeRequest(
  req: Request,
  handlers: WebSocketHandlers | undefined,
  options: WebSocketUpgradeOptions | undefined,
): { socket: WebSocket; response: Response } {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  const { socket, response } = Deno.upgradeWebSocket(req, options);
  const { open, message, close, error } = handlers ?? {};
  if (open) socket.addEventListener("open", () => open.call(handlers, socket));
  if (message) socket.addEventListener("message", (event) => message.call(handlers, socket, event));
  if (close) socket.addEventListener("close", (event) => close.call(handlers, socket, event.code, event.reason));
  if (error) socket.addEventListener("error", (event) => error.call(handlers, socket, event));
  return { socket, response };
}
