/** `deno task start`: builds what changed, opens the data, makes the demo where there is nothing yet, and serves. */
import { fileURLToPath } from "node:url";
import { listDashboards } from "@/lib/dashboard/mod.ts";
import { makeDemo } from "@/lib/demo/make_demo.ts";
import { DataDirectoryInUseError } from "@/lib/files/data_directory.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
// Imported later, Deno would look through all packages once more: a third of a second before anything is served.
import { services as openHere } from "@/main.ts";
import type { OpenServices } from "@/lib/open_services.ts";
import { stopOnSignals } from "@/stop_on_signals.ts";
import { buildIfChanged } from "./build_if_changed.ts";

/** Answers requests; told nothing of a connection, it takes the request for one of this machine. */
type ServeHandler = (request: Request, info?: Deno.ServeHandlerInfo) => Response | Promise<Response>;

const HELP = `Usage: deno task start [--demo | --no-demo]

Serves Tessera on http://localhost:8000. Settings come from the environment; .env.example lists them.

  --demo      fill an empty installation with the demo: what happens by itself unless MONGODB_URI is set
  --no-demo   leave it empty`;

async function start(args: string[]): Promise<void> {
  const unknown = args.filter((arg) => !["--demo", "--no-demo", "--help"].includes(arg));
  if (args.includes("--help") || unknown.length > 0) {
    if (unknown.length > 0) console.error(`Cannot start: "${unknown.join(" ")}" is not known\n`);
    console.log(HELP);
    Deno.exit(unknown.length > 0 ? 2 : 0);
  }
  const root = fileURLToPath(new URL("../", import.meta.url));
  const services = await openHere();
  let server: Deno.HttpServer | undefined;
  stopOnSignals(services, () => server);
  try {
    if (await buildIfChanged(root)) services.log.debug("Built the pages");
    const { default: { fetch: handle } } = await import(new URL("../_fresh/server.js", import.meta.url).href) as {
      default: { fetch: ServeHandler };
    };
    server = serve(services, handle);
    // What only adds to a server that serves must not end it.
    // Instances that share a database are started by people who have data of their own.
    const demo = args.includes("--demo") || !(args.includes("--no-demo") || services.config.server);
    for (const extra of demo ? [fillIfEmpty, warm] : [warm]) {
      await extra(services, handle).catch((error) => {
        if (!services.stopping.aborted) services.log.error("Cannot prepare the first page", { error });
      });
    }
  } catch (error) {
    if (services.stopping.aborted) return; // the stores are closing under it: no fault of the start
    throw error;
  }
}

function serve({ config, announce }: OpenServices, handle: ServeHandler): Deno.HttpServer {
  const { port, host: hostname, publicUrl } = config;
  try {
    return Deno.serve({
      port,
      hostname,
      automaticCompression: true,
      onListen({ port }) {
        const url = publicUrl ?? `http://${hostname === "127.0.0.1" ? "localhost" : hostname}:${port}`;
        void announce(url);
        console.log(`Tessera is at ${url}`);
      },
    }, handle);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    const mend = `stop what uses it, or set PORT to another one`;
    throw new Error(`Cannot start: port ${port} of ${hostname} is taken; ${mend}`, { cause: error });
  }
}

/** Draws the first dashboard once, so that its first visitor does not wait for code and pictures to load. */
async function warm(services: OpenServices, handle: ServeHandler): Promise<void> {
  const [first] = await listDashboards(services, LOCAL_OWNER);
  if (!first) return;
  const { accessToken, publicUrl } = services.config;
  const headers = new Headers(accessToken ? { authorization: `Bearer ${accessToken}` } : {});
  const url = new URL(`/dashboards/${first.doc.id}`, publicUrl ?? "http://localhost");
  const response = await handle(new Request(url, { headers }));
  await response.body?.cancel();
}

/** An empty installation shows what the product does. */
async function fillIfEmpty(services: OpenServices): Promise<void> {
  if (await makeDemo(services, LOCAL_OWNER)) console.log("The demo is being imported; its dashboard fills by itself");
}

if (import.meta.main) {
  try {
    await start(Deno.args);
  } catch (error) {
    // A message for people where we know what is wrong, everything where we do not.
    const known = error instanceof Error &&
      (/^Cannot (start|make|open)/.test(error.message) || error instanceof DataDirectoryInUseError);
    console.error(known ? error.message : error);
    Deno.exit(1);
  }
}
