/** Several real instances of the server mode over one database and one Redis. */
import { Mongo } from "@/lib/mongo/mongo.ts";
import { freshDatabase } from "@/tests/servers/mongo.ts";
import { redisUrl } from "@/tests/servers/redis.ts";
import { type ServerProcess, startServer } from "./server_process.ts";

/** Where instances work. */
export interface Instances {
  /** One more instance. Settings given here win; `REDIS_URL: ""` leaves Redis out. */
  start(env?: Record<string, string>): Promise<ServerProcess>;
  /** The database that they share, seen from outside. */
  mongo: Mongo;
  /** Its address with its name. */
  uri: string;
}

/** Runs `work` with a database of its own; no instance is left behind, however it ends. */
export async function withInstances(
  work: (instances: Instances) => Promise<void>,
  /** Another server than the tests' own, for those that kill it. */
  server?: string,
): Promise<void> {
  await using fresh = server === undefined ? await freshDatabase() : null;
  const uri = new URL(server ?? fresh!.uri);
  uri.pathname = `/${fresh?.database ?? "tessera"}`;
  const redis = await redisUrl();
  const mongo = Mongo.open({ uri: uri.href });
  const running = new Set<ServerProcess>();
  try {
    await work({
      mongo,
      uri: uri.href,
      async start(env = {}) {
        // Instances keep nothing here; a folder that cannot be made shows where one tries.
        const instance = await startServer("/dev/null/data", {
          MONGODB_URI: uri.href,
          REDIS_URL: redis,
          LEASE_SECONDS: "5",
          ...env,
        });
        running.add(instance);
        void instance.ended.then(() => running.delete(instance));
        return instance;
      },
    });
  } finally {
    for (const instance of running) {
      instance.signal("SIGKILL");
      await instance.ended;
    }
    await mongo.close();
  }
}
