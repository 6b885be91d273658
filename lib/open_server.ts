/** Opens the server mode: everything in MongoDB and Redis, nothing on this machine that has to last. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryCache } from "@/lib/cache/memory.ts";
import { redisCache } from "@/lib/cache/redis.ts";
import type { Config, ServerConfig } from "@/lib/config.ts";
import { memoryCounters } from "@/lib/counters/memory.ts";
import { redisCounters } from "@/lib/counters/redis.ts";
import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { followVersions } from "@/lib/events/follow_versions.ts";
import { redisEvents } from "@/lib/events/redis.ts";
import { openMongoFiles } from "@/lib/files/mongo.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { openScratch } from "@/lib/files/scratch.ts";

import type { Log } from "@/lib/log.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";
import { type Engine, Opened, type OpenStores } from "@/lib/open_stores.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import { openSharedStaging } from "@/lib/staging/mongo.ts";
import { whatStands } from "@/lib/live/what_stands.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";

/** Below this version of Deno the engine can end the process that loads it. */
const ENGINE_NEEDS = [2, 9, 6];

/** Opens the stores without waiting for a server: what cannot be reached yet answers later. */
export async function openServer(config: Config, server: ServerConfig, log: Log): Promise<OpenStores> {
  const opened = new Opened((error) => log.error("Cannot close a store", { error }));
  try {
    const mongo = opened.keep(Mongo.open({ uri: server.mongodbUri, maxPoolSize: server.poolSize }));
    // Installations whose databases have different names can share a Redis.
    const prefix = `tessera:${mongo.db.databaseName}`;
    const redis = server.redisUrl ? opened.keep(openRedis(server.redisUrl, log)) : null;
    const scratch = opened.keep(await openScratch(join(tmpdir(), "tessera")));
    const wanted = engineOf(server.imports, Deno.version.deno);
    const duck = wanted === "here" ? await openEngine(config, scratch.path, log) : null;
    if (duck) opened.keep(duck);
    const engine = wanted === "here" && !duck ? "elsewhere" : wanted;
    const stagingDirectory = scratch.path;
    const documents = opened.keep(openMongoDocuments({ mongo }));
    const warehouse = opened.keep(
      openMongoWarehouse({ mongo, duck, readPreference: server.readPreference, leaseMs: server.leaseMs }),
    );
    const onError = (error: unknown) => log.error("A listener failed", { error });
    const events = followVersions(redis ? redisEvents({ redis, prefix, onError }) : memoryEvents({ onError }), {
      read: (workspace) => whatStands({ documents, warehouse }, workspace),
      link: redis ?? undefined,
      log,
    });
    return {
      documents,
      warehouse,
      cache: opened.keep(redis ? redisCache({ redis, prefix, log }) : memoryCache()),
      events: opened.keep(events),
      counters: opened.keep(redis ? redisCounters({ redis, prefix }) : memoryCounters({ alone: false })),
      staging: openSharedStaging({ mongo, engine: duck && openDuckStaging({ duck, stagingDirectory }) }),
      files: opened.keep(openMongoFiles({ mongo, stagingDirectory })),
      has: duck ? ["engine"] : [],
      engine,
      alone: false,
      announce: () => Promise.resolve(),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function openRedis(url: string, log: Log): Redis {
  const gone = new Set<string>();
  return Redis.open({
    url,
    onChange({ connection, away, error }) {
      if (away) {
        gone.add(connection);
        log.warn("Redis is away: this instance goes on without it", { connection, error });
      } else if (gone.delete(connection)) log.info("Redis answers again", { connection });
    },
  });
}

/** Where imports run under a version of Deno. */
export function engineOf(imports: ServerConfig["imports"], version: string): Engine {
  if (imports === "here") return "here";
  if (imports === "off") return "elsewhere";
  const parts = version.split(/[.+-]/, 3).map(Number);
  const older = ENGINE_NEEDS.findIndex((part, i) => parts[i] !== part);
  const tooOld = older >= 0 && (parts[older] ?? 0) < ENGINE_NEEDS[older]!;
  return imports === "process" || tooOld ? "process" : "here";
}

/** The engine, or null where this machine cannot load it: then others run the imports. */
async function openEngine(config: Config, directory: string, log: Log): Promise<Duck | null> {
  try {
    return await Duck.open({
      path: join(directory, "engine.duckdb"),
      stagingDirectory: directory,
      temporaryDirectory: join(directory, "spill"),
      memoryLimit: config.memoryLimit,
      threads: config.threads,
    });
  } catch (error) {
    log.warn("Cannot load DuckDB: this instance serves and leaves imports to others", { error });
    return null;
  }
}
