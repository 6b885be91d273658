import { DENO_DEPLOYMENT_ID } from "./build_id.ts";

/** Options of `app.listen()`: those of `Deno.serve`, and an address to show beside the local one. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & { remoteAddress?: string };

/** Make the function that tells where the server can be reached. */
export function createOnListen(basePath: string, options: ListenOptions): (localAddr: Deno.NetAddr) => void {
  return ({ hostname, port }) => {
    // On Deploy the address says nothing.
    if (DENO_DEPLOYMENT_ID) return;
    const protocol = "key" in options && options.key && options.cert ? "https" : "http";
    const host = hostname.includes(":") ? `[${hostname}]` : hostname;
    const lines = ["", " 🍋 Fresh ready", `    Local:  ${protocol}://${host}:${port}${basePath}/`];
    if (hostname === "0.0.0.0" || hostname === "::") {
      lines.push(`            ${protocol}://localhost:${port}${basePath}/`);
    }
    if (options.remoteAddress) lines.push(`    Remote: ${options.remoteAddress}`);
    console.log(lines.join("\n") + "\n");
  };
}

const FIRST_PORT = 8000;
const LAST_PORT = 8019;

/** Serve on the first port that is free, so that a second app needs no thought. */
export async function listenOnFreePort(
  options: ListenOptions,
  handler: (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>,
): Promise<void> {
  for (let port = FIRST_PORT;; port++) {
    try {
      await Deno.serve({ ...options, port }, handler);
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || port === LAST_PORT) throw error;
    }
  }
}
