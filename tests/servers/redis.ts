/** The Redis server of the tests: Debian's `redis-server`. Where `REDIS_URL` names another one, tests run against that. */
import { runningUri } from "./running.ts";
import { findProgram, startServer, type TestServer } from "./server.ts";

const MISSING = "needs redis-server, which `deno task services` installs on Debian";

/** A Redis of one's own, to be stopped, killed, frozen and flushed. */
export interface RedisServer extends TestServer {
  readonly url: string;
  /** Forgets everything, as after a loss of its memory. */
  flush(): Promise<void>;
}

/** What a server of one's own may be told. */
export interface StartRedisOptions {
  /** The port of one that was killed, to come back in its place. @default a free one */
  port?: number;
  /** Keeps running when this process ends. @default false */
  stay?: boolean;
}

/** Why tests cannot reach Redis on this machine, or null when they can. */
export function missingRedis(): string | null {
  return namedUrl() ? null : missingRedisProgram();
}

/** As `missingRedis`, for tests that stop or kill the server and so need one of their own. */
export function missingRedisProgram(): string | null {
  return findProgram("redis-server") ? null : MISSING;
}

/**
 * Redis does not notice when the process that started it is gone. So a shell becomes it, and leaves somebody behind who
 * reads from the pipe until it breaks and then ends that very process.
 */
const WITH_PARENT = `exec 3<&0
(cat <&3; [ "$(cat /proc/$$/comm)" = redis-server ] && kill -9 $$) >/dev/null 2>&1 &
exec redis-server "$@" <&- 3<&-`;

/** Starts a server that keeps nothing on disk; it ends with this process, however that ends, unless it is to stay. */
export async function startRedis({ port = freePort(), stay }: StartRedisOptions = {}): Promise<RedisServer> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory", "256mb"];
  const server = await startServer({
    title: "redis-server",
    ...(stay ? { program: "redis-server", args } : { program: "sh", args: ["-c", WITH_PARENT, "sh", ...args] }),
    ready: /port=(\d+)[^]*Ready to accept connections/,
    uri: (port) => `redis://127.0.0.1:${port}`,
    stay,
  });
  return { ...server, url: server.uri, flush: () => flush(port) };
}

let own: Promise<RedisServer> | undefined;

/**
 * The server for ordinary tests: the one that the environment names, else the one that `deno task services` started,
 * else one for this file. Call it at the top of the file (`await redisUrl()`), so that no test seems to leave a process
 * behind.
 */
export async function redisUrl(): Promise<string> {
  const there = namedUrl() ?? await runningUri("REDIS_URL");
  if (there) return there;
  own ??= startRedis().then((server) => {
    server.process.unref(); // it ends with this process, by the pipe
    return server;
  });
  return (await own).url;
}

/** For tests that are not about deadlines: so that a busy machine makes them slow, not wrong. */
export const PATIENT = { deadlineMs: 10_000 } as const;

/** Before every key of one test: so it never meets what the server holds already, or what another test writes. */
export function freshPrefix(): string {
  return `test_${crypto.randomUUID().slice(0, 8)}`;
}

/** `deno task test` names its server in a variable of its own, so that no server under test takes it for its setting. */
function namedUrl(): string | undefined {
  return Deno.env.get("REDIS_URL") || Deno.env.get("TEST_REDIS_URL") || undefined;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function flush(port: number): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode("FLUSHALL\r\n"));
  const answer = new Uint8Array(64);
  const length = await connection.read(answer);
  const text = new TextDecoder().decode(answer.subarray(0, length ?? 0));
  if (text !== "+OK\r\n") throw new Error(`Cannot flush Redis: it answered ${JSON.stringify(text)}`);
}
