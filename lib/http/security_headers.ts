/** What is known about the answer. */
export interface SecurityHeaderOptions {
  /** True where browsers come over https: they are told to come only so. */
  https?: boolean;
  /** Sent as `x-request-id`. */
  requestId?: string;
}

const DOCUMENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join("; ");
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

const ALWAYS: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), browsing-topics=()",
};

/**
 * The answer with every security header: the outermost step, so that 404s, 500s, redirects and files have them too.
 * A policy that the page set itself stays unless it allows inline scripts, and is completed where it says nothing about
 * frames.
 */
export function withSecurityHeaders(response: Response, options: SecurityHeaderOptions = {}): Response {
  // 101 has no body to wrap and its connection belongs to somebody else by now; 0 is `Response.error()`.
  if (response.status === 101) return response;
  if (response.status === 0) return withSecurityHeaders(new Response(null, { status: 500 }), options);
  try {
    setHeaders(response.headers, options);
    return response; // the very answer: frameworks leave marks on it
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  // Headers of redirects and fetched answers cannot be changed: those are made anew.
  const headers = new Headers(response.headers);
  setHeaders(headers, options);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function setHeaders(headers: Headers, options: SecurityHeaderOptions): void {
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);

  const isDocument = /^(text\/html|application\/xhtml\+xml|image\/svg\+xml)/i.test(headers.get("content-type") ?? "");
  const set = headers.get("content-security-policy");
  // The framework allows inline scripts where it rendered no page to put a nonce into: files, redirects.
  const policy = set === null || /'unsafe-(inline|eval)'/i.test(set)
    ? (isDocument ? DOCUMENT_POLICY : DATA_POLICY)
    : set;
  const framed = /(^|[;,]\s*)frame-ancestors\s/i.test(policy);
  headers.set("content-security-policy", framed ? policy : `${policy}; frame-ancestors 'none'`);

  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  if (options.https) headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  if (options.requestId) headers.set("x-request-id", options.requestId);
  headers.delete("server");
  headers.delete("x-powered-by");
}
