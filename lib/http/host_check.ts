import { type Config, isLoopback } from "@/lib/config.ts";
import { TesseraError } from "@/lib/errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that were not meant for this server, or that another site's page made. Throws `TesseraError` 403:
 *
 * - The Host must be this machine or PUBLIC_URL's, so that no foreign name can be made to point here.
 * - An Origin, where there is one, must be the same; event streams are guarded by this too.
 * - A change needs a matching Origin, or `Sec-Fetch-Site: same-origin`, or the Bearer token, which no foreign page can
 *   send unasked. A program that sends nothing a browser would (curl on this machine, with no token set) is let through:
 *   without a cookie there is nothing that a foreign page could borrow.
 */
export function checkHost(request: Request, config: Pick<Config, "publicUrl" | "accessToken">): void {
  const own = config.publicUrl === undefined ? undefined : new URL(config.publicUrl);
  const url = new URL(request.url);
  const host = hostOf(request.headers.get("host") ?? url.host);
  for (const { hostname, host: name } of [host, url]) {
    if (!isLoopback(hostname) && name !== own?.host) {
      throw new TesseraError(
        "foreign-host",
        `Cannot answer for the host "${name.slice(0, 100)}": set PUBLIC_URL to the address that browsers use`,
        403,
      );
    }
  }

  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (origin !== null) {
    const from = URL.parse(origin);
    const known = from !== null &&
      (from.origin === own?.origin || (isLoopback(from.hostname) && from.host === host.host));
    if (!known) throw crossSite(`the origin "${origin.slice(0, 100)}"`);
  }
  if (SAFE.has(request.method)) return;

  if (config.accessToken !== undefined && /^Bearer\s/i.test(request.headers.get("authorization") ?? "")) return;
  if (site !== null && site !== "same-origin") throw crossSite("another site");
  if (origin !== null || site === "same-origin") return;
  const traces = ["cookie", "referer", "sec-fetch-mode", "sec-fetch-dest"].filter((name) => request.headers.has(name));
  if (config.accessToken === undefined && traces.length === 0) return;
  throw crossSite("a page that does not say where it is from");
}

function hostOf(text: string): { hostname: string; host: string } {
  const url = /^[A-Za-z0-9.:[\]-]+$/.test(text) ? URL.parse(`http://${text}`) : null;
  return { hostname: url?.hostname ?? "", host: url?.host ?? text };
}

function crossSite(from: string): TesseraError {
  const mend = "open Tessera under its own address, or send the access token as Bearer";
  return new TesseraError("cross-site", `Cannot take a request from ${from}: ${mend}`, 403);
}
