/**
 * `deno task soak:kill [rounds] [--server]`: kills a server that often in the middle of uploads and imports, and holds
 * every row and sum against the files after each kill. With `--server` it is an instance over MongoDB and Redis.
 */
import { killRounds, type KillRoundsOptions, SHORT_LEASE } from "./kill_rounds.ts";
import { withInstances } from "./instances.ts";
import { withServers } from "./server_process.ts";

const server = Deno.args.includes("--server");
const rounds = Number(Deno.args.find((arg) => !arg.startsWith("--")) ?? 200);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`Cannot kill "${rounds}" times: give a whole number of rounds, such as 200`);
  Deno.exit(2);
}
const began = performance.now();

async function soak(options: Pick<KillRoundsOptions, "start" | "rows">): Promise<void> {
  const { killedInside } = await killRounds({
    ...options,
    rounds,
    onRound(round, inside) {
      const seconds = Math.round((performance.now() - began) / 1_000);
      console.log(`${round} of ${rounds}: exact${inside ? ", killed in the middle of the import" : ""} (${seconds} s)`);
    },
  });
  console.log(`${rounds} kills, ${killedInside} of them in the middle of an import: every row and sum is exact`);
}

if (server) await withInstances(({ start }) => soak({ start: () => start(SHORT_LEASE), rows: 1_000 }));
else await withServers((start) => soak({ start: () => start(), rows: 20_000 }));
