/** The whole application over a data directory of its own: for walks through the API and for pages in a browser. */
import { fileURLToPath } from "node:url";
import type { App } from "fresh";
import { Builder } from "fresh/dev";
import { ProdBuildCache, setBuildCache } from "@/lib/fresh/internal.ts";
import { readConfig } from "@/lib/config.ts";
import type { State } from "@/lib/define.ts";
import { drainAndShutdown } from "@/lib/http/drain.ts";
import { type OpenServices, openServices } from "@/lib/open_services.ts";
import { createApp } from "@/main.ts";
import type { WidgetRegistry } from "@/lib/widget/mod.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { isBuilt } from "@/tools/build_if_changed.ts";
import { startWork } from "@/start_work.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { registry } from "@/widgets/mod.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
let built: Promise<(app: App<State>) => void> | undefined;

/** A running application. */
export interface TestApp {
  readonly services: OpenServices;
  readonly directory: string;
  /** Answers without a network, as a client on this machine sees it. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Serves on a free port; answers the origin. */
  listen(): string;
  close(): Promise<void>;
}

/** Starts the application over the build of a whole test run, or else islands are built once per file. */
export async function startTestApp(
  options: { directory?: string; env?: Record<string, string>; widgets?: WidgetRegistry } = {},
): Promise<TestApp> {
  const directory = options.directory ?? await Deno.makeTempDir({ prefix: "tessera-" });
  const config = readConfig({ DATA_DIR: directory, PORT: "0", LOG_LEVEL: "error", ...options.env });
  const services = await openServices(config, {
    sources: sourceRegistry(builtInSources),
    widgets: options.widgets ?? registry,
  });
  const app = createApp(() => Promise.resolve(services));
  const apply = await (built ??= loadBuild());
  apply(app);
  const handler = app.handler();
  await startWork(services);
  let server: Deno.HttpServer<Deno.NetAddr> | undefined;
  return {
    services,
    directory,
    fetch: (path, init) => handler(new Request(new URL(path, "http://localhost:8000"), init)),
    listen() {
      server ??= Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
      return `http://127.0.0.1:${server.addr.port}`;
    },
    async close() {
      if (server) await drainAndShutdown(server, services.drain);
      else await services.drain.drain();
      await services.close();
      if (!options.directory) await Deno.remove(directory, { recursive: true });
    },
  };
}

/** Every test file is a world of its own: one build on disk saves each of them its bundling. */
async function loadBuild(): Promise<(app: App<State>) => void> {
  if (!await isBuilt(root)) return await new Builder<State>().build({ snapshot: "memory" });
  const snapshot = await import(new URL("../_fresh/snapshot.js", import.meta.url).href);
  const cache = new ProdBuildCache<State>(root, snapshot);
  return (app) => setBuildCache(app, cache, "production");
}
