/**
 * `deno task soak:kill [rounds] [--rows N] [--server]`: kills a server that often in the middle of uploads and imports
 * of so many rows, and holds every row and sum against the files after each kill. With `--server` it is an instance over
 * MongoDB and Redis.
 */
import { parseArgs } from "node:util";
import { killRounds, type KillRoundsOptions, SHORT_LEASE } from "./kill_rounds.ts";
import { withInstances } from "./instances.ts";
import { withServers } from "./server_process.ts";

const { values: { server, rows: wanted }, positionals: [times = "200"] } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: { server: { type: "boolean", default: false }, rows: { type: "string" } },
});
const rounds = wholeNumber(times, "kill so many times");
const rows = wholeNumber(wanted ?? (server ? "1000" : "20000"), "import so many rows at a time");
const began = performance.now();

/** A count from the command line; ends the process with a word of help where it is none. */
function wholeNumber(text: string, what: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`Cannot ${what}: "${text}" is no whole number above 0`);
  Deno.exit(2);
}

async function soak(start: KillRoundsOptions["start"]): Promise<void> {
  const { killedInside } = await killRounds({
    start,
    rounds,
    rows,
    onRound(round, inside) {
      const seconds = Math.round((performance.now() - began) / 1_000);
      console.log(`${round} of ${rounds}: exact${inside ? ", killed in the middle of the import" : ""} (${seconds} s)`);
    },
  });
  console.log(`${rounds} kills, ${killedInside} of them in the middle of an import: every row and sum is exact`);
}

if (server) await withInstances(({ start }) => soak(() => start(SHORT_LEASE)));
else await withServers((start) => soak(() => start()));
