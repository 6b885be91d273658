/** SIGTERM and SIGINT: no new requests, the running ones end, stores close. A second signal ends at once. */
import { drainAndShutdown } from "@/lib/http/drain.ts";
import type { OpenServices } from "@/lib/open_services.ts";

/** A hard end this long after the first signal: what is not done by then goes on at the next start. */
const GRACE_MS = 4_500;

let told: ((reason: string) => void) | undefined;

/**
 * Ends this process in order when it is told to end; `serving` answers its server, where it has one of its own. The first
 * call counts: whoever starts a server calls before the app does. Answers what does the same without a signal.
 */
export function stopOnSignals(
  services: OpenServices,
  serving: () => Deno.HttpServer | undefined = () => undefined,
): (reason: string) => void {
  if (told) return told;
  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) Deno.exit(1);
    stopping = true;
    services.log.info("Stopping", { reason });
    setTimeout(() => Deno.exit(1), GRACE_MS);
    const server = serving();
    const ended = server ? await drainAndShutdown(server, services.drain) : await services.drain.drain();
    if (!ended) services.log.warn("Some requests did not end in time");
    await services.close();
    Deno.exit(0);
  };
  told = (reason) => void stop(reason);
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => void stop(signal));
  return told;
}
