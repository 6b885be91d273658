/**
 * The MongoDB server of the tests: a Java library that speaks its protocol. Where `MONGODB_URI` names another one, the
 * same tests run against that.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Mongo, type MongoOptions } from "@/lib/mongo/mongo.ts";
import { runningUri } from "./running.ts";
import { findProgram, startServer, type TestServer } from "./server.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const source = fileURLToPath(new URL("./mongo/", import.meta.url));
const JARS = join(root, "node_modules", ".cache", "mongo-java-server-1.47.0");

/** What a server of one's own may be told. */
export interface StartMongoOptions {
  /** Keeps the data over restarts; in memory without it. */
  file?: string;
  /** @default a free one */
  port?: number;
  /** Keeps running when this process ends. @default false */
  stay?: boolean;
}

/** Why there is no server for tests here, or null when there is one, or one can be started. */
export function missingMongo(): string | null {
  return namedUri() ? null : missingOwnMongo();
}

/** The same for tests that start, stop and kill a server of their own, whichever one is named. */
export function missingOwnMongo(): string | null {
  const there = findProgram("javac") && (hasJars() || findProgram("mvn"));
  return there ? null : "needs a JDK (17 or later) and Maven, which `deno task services` installs on Debian";
}

/** Brings the server's jars where they are missing. */
export async function fetchMongo(): Promise<void> {
  if (hasJars()) return;
  // Into a folder of its own first: a run that was cut short, or another at the same time, leaves no half set.
  const partial = `${JARS}.${crypto.randomUUID()}`;
  const { success, stdout, stderr } = await new Deno.Command("mvn", {
    args: ["-q", "-B", "-f", join(source, "pom.xml"), "dependency:copy-dependencies", `-DoutputDirectory=${partial}`],
    stdin: "null",
  }).output();
  if (!success) {
    const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    throw new Error(`Cannot fetch the MongoDB test server from Maven Central: ${output.trim()}`);
  }
  try {
    await Deno.rename(partial, JARS);
  } catch (error) {
    if (!hasJars()) throw error;
    await Deno.remove(partial, { recursive: true });
  }
}

/** Starts a server of one's own, for tests that stop or kill it. */
export async function startMongo({ file, port = 0, stay }: StartMongoOptions = {}): Promise<TestServer> {
  await fetchMongo();
  return await startServer({
    title: "the MongoDB test server",
    program: "java",
    args: [
      // Quick to start and light beside everything else that tests run.
      ...["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx3g"],
      ...["-cp", join(JARS, "*"), join(source, "Launcher.java"), String(port), file ?? "-", ...(stay ? ["stay"] : [])],
    ],
    ready: /listening on (\d+)/,
    uri: (port) => `mongodb://127.0.0.1:${port}`,
    stay,
  });
}

let own: Promise<TestServer> | undefined;

/**
 * The server for ordinary tests: the one that the environment names, else the one that `deno task services` started,
 * else one for this file. Call it at the top of the file (`await mongoUri()`), so that no test seems to leave a process
 * behind.
 */
export async function mongoUri(): Promise<string> {
  const there = namedUri() ?? await runningUri("MONGODB_URI");
  if (there) return there;
  own ??= startMongo().then((server) => {
    server.process.unref(); // it ends with this process, by the pipe
    return server;
  });
  return (await own).uri;
}

/** A database of its own for one test. */
export interface FreshDatabase extends AsyncDisposable {
  readonly uri: string;
  readonly database: string;
  /** Opens one more client; all are closed at the end. */
  open(options?: Partial<MongoOptions>): Mongo;
  /** Closes the clients and drops the database. */
  drop(): Promise<void>;
}

/** A random database, dropped at the end. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const uri = await mongoUri();
  const database = `test_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const opened: Mongo[] = [];
  const open = (options: Partial<MongoOptions> = {}) => {
    const mongo = Mongo.open({ uri, database, ...options });
    opened.push(mongo);
    return mongo;
  };
  const drop = async () => {
    for (const mongo of opened.splice(0)) await mongo.close();
    const mongo = Mongo.open({ uri, database });
    await mongo.db.dropDatabase();
    await mongo.close();
  };
  return { uri, database, open, drop, [Symbol.asyncDispose]: drop };
}

/** `deno task test` names its server in a variable of its own, so that no server under test takes it for its setting. */
function namedUri(): string | undefined {
  return Deno.env.get("MONGODB_URI") || Deno.env.get("TEST_MONGODB_URI") || undefined;
}

function hasJars(): boolean {
  try {
    return Deno.statSync(JARS).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
