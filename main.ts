/** The application: middlewares, static files, routes. `tools/start.ts` serves it; so does `_fresh/server.js`. */
import { App, staticFiles } from "fresh";
import { hasPlatformCron, readConfig } from "@/lib/config.ts";
import type { State } from "@/lib/define.ts";
import { compress } from "@/lib/http/compress.ts";
import { guard } from "./guard.ts";
import { type OpenServices, openServices } from "@/lib/open_services.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { registerPlatformCron } from "@/lib/jobs/cron.ts";
import { startWork } from "./start_work.ts";
import { stopOnSignals } from "./stop_on_signals.ts";
import { registry } from "@/widgets/mod.ts";

let opening: Promise<OpenServices> | undefined;

/** The services of this process, at work: opened by the first who asks, never while this module loads. */
export function services(): Promise<OpenServices> {
  return opening ??= open().catch((error) => {
    opening = undefined; // what was wrong may be mended by the next request
    throw error;
  });
}

async function open(): Promise<OpenServices> {
  const config = readConfig(Deno.env);
  const services = await openServices(config, { sources: sourceRegistry(builtInSources), widgets: registry });
  await startWork(services);
  return services;
}

// Nothing is opened for it here: the platform looks for crons by loading this module.
if (hasPlatformCron(Deno.env)) registerPlatformCron(services);

/** Builds the app over services that may still be closed. */
export function createApp(open: () => Promise<OpenServices>): App<State> {
  const app: App<State> = new App<State>();
  return app
    .use(async (ctx) => await compress(ctx.req, await ctx.next()))
    .use(guard(open, () => app.handler()))
    .use(staticFiles())
    .fsRoutes();
}

/** The app of this process. */
export const app = createApp(async () => {
  const opened = await services();
  stopOnSignals(opened); // whoever serves this app without more, as `deno serve` does, leaves signals to it
  return opened;
});
