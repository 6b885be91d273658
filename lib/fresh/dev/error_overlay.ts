import type { Context } from "../context.ts";

const STYLE = "body{margin:0;padding:2rem;background:#1c1917;color:#fafaf9;font:16px/1.5 monospace}" +
  "h1{font-size:1.25rem;color:#fca5a5}pre{white-space:pre-wrap}";

/** Shows message and stack of an error while developing. */
export function errorOverlay(ctx: Context<unknown>): Response {
  const { searchParams } = ctx.url;
  const message = escapeHtml(searchParams.get("message") ?? "Unknown error");
  const stack = escapeHtml(searchParams.get("stack") ?? "");
  return ctx.html(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${message}</title><style>${STYLE}</style></head>` +
      `<body><h1>${message}</h1><pre>${stack}</pre></body></html>`,
    { headers: { "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'" } },
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
