/** Where `ctx.render()` leaves the nonce of a page for middlewares; never sent as a header. */
export const NONCE_SYMBOL: unique symbol = Symbol.for("__freshNonce");

/** The nonce that a response's page was rendered with. */
export function getNonce(response: Response): string | undefined {
  return (response as Response & { [NONCE_SYMBOL]?: string })[NONCE_SYMBOL];
}

/**
 * Set headers on a response. Those of `Response.redirect()`, `Response.error()` and `fetch()` cannot be changed, so such
 * a response is made anew.
 */
export function withHeaders(response: Response, change: (headers: Headers) => void): Response {
  // A WebSocket's answer is made by the runtime and carries no page.
  if (response.status === 101) return response;
  try {
    change(response.headers);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  change(headers);
  const changed = new Response(response.body, { status, statusText, headers });
  const nonce = getNonce(response);
  return nonce === undefined ? changed : Object.assign(changed, { [NONCE_SYMBOL]: nonce });
}
