/**
 * `deno task work`: runs imports and other jobs of the server mode without serving, beside instances that only serve.
 * Started by an instance that may not load the engine itself, it ends when that instance does.
 */
import { readConfig } from "@/lib/config.ts";
import { openServices } from "@/lib/open_services.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { startWork } from "./start_work.ts";
import { stopOnSignals } from "./stop_on_signals.ts";
import { registry } from "@/widgets/mod.ts";

const config = readConfig(Deno.env);
if (!config.server) {
  console.error("Cannot work beside a server: set MONGODB_URI; without it the server does all work itself");
  Deno.exit(2);
}
const services = await openServices(
  { ...config, server: { ...config.server, imports: "here" } },
  { sources: sourceRegistry(builtInSources), widgets: registry },
);
const stop = stopOnSignals(services);
await startWork(services);
services.log.info("Ready for imports");
if (Deno.args.includes("--with-parent")) {
  for await (const _ of Deno.stdin.readable); // ends with the process that holds the other end
  stop("parent");
}
