/** The only reader of the environment: every setting, its default and its check. `.env.example` lists the same names. */
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

/** Everything that can be set from outside. */
export interface Config {
  /** 0 asks the system for a free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** The origin that browsers see, without a closing slash; undefined where it is the server's own. */
  readonly publicUrl: string | undefined;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** Undefined only where nobody but this machine can reach the server. */
  readonly accessToken: string | undefined;
  readonly maxUploadBytes: number;
  /** For DuckDB, such as "1GB". */
  readonly memoryLimit: string;
  /** For DuckDB; undefined takes the machine's cores. */
  readonly threads: number | undefined;
  /** True on Deno Deploy, whose disk does not last. */
  readonly deploy: boolean;
  /** Server mode: everything is kept there, and `dataDir` is not used. Undefined in the embedded mode. */
  readonly server: ServerConfig | undefined;
}

/** Where the server mode keeps things. */
export interface ServerConfig {
  /** With the database's name in its path, else `tessera`. */
  readonly mongodbUri: string;
  /** Without it, instances hear of one another's changes by asking the database. */
  readonly redisUrl: string | undefined;
  /** Where questions about facts are read; everything else is read from the primary. */
  readonly readPreference: "primary" | "secondaryPreferred";
  /** Connections to the database that one instance holds at most. */
  readonly poolSize: number;
  /** After so long a silence of an instance another one takes over its work, in milliseconds. */
  readonly leaseMs: number;
  /**
   * Where imports run. `on`: in this process, or beside it where its Deno is too old for that; `process`: beside it;
   * `off`: on other instances only; `here`: in this process whatever its Deno, for the process beside.
   */
  readonly imports: "on" | "process" | "off" | "here";
}

const UNITS: Record<string, number> = { "": 1, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 };
const GIB = 2 ** 30;

const wholeNumber = (what: string, min: number, max: number) =>
  z.string().regex(/^\d{1,15}$/, what).transform(Number).refine((n) => n >= min && n <= max, what);

const bytes = z.string().transform((text, context) => {
  const match = /^(\d{1,15})\s?((?:[KMGT]iB)?)$/i.exec(text);
  const value = match ? Number(match[1]) * UNITS[match[2]!.toUpperCase()]! : 0;
  if (Number.isSafeInteger(value) && value > 0) return value;
  context.addIssue("must be a number of bytes such as 1073741824 or 20GiB");
  return z.NEVER;
});

/** An address whose parts may be secrets: messages never repeat it. */
const address = (protocol: RegExp, what: string) =>
  z.string().refine((text) => protocol.test(/^[a-z+]+:(?=\/\/.)/.exec(text)?.[0] ?? ""), what);

const origin = z.string().transform((text, context) => {
  const url = URL.parse(text);
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash;
  if (plain && !url.username && !url.password) return url.origin;
  context.addIssue("must be an address without a path, such as https://tessera.example.com");
  return z.NEVER;
});

/** Settings by variable. A variable that is empty counts as not set. */
const settingsSchema = z.object({
  PORT: wholeNumber("must be a whole number from 0 to 65535, such as 8000", 0, 65_535).default(8_000),
  HOST: z.string().regex(/^[A-Za-z0-9.:-]+$/, "must be a host name or an address, such as 127.0.0.1").default(
    "127.0.0.1",
  ),
  DATA_DIR: z.string().default("data"),
  PUBLIC_URL: origin.optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error").default("info"),
  ACCESS_TOKEN: z.string().refine(
    (token) => new TextEncoder().encode(token).length >= 32,
    "must be at least 32 bytes long; `openssl rand -hex 32` makes one",
  ).optional(),
  MAX_UPLOAD_BYTES: bytes.default(20 * GIB),
  DUCKDB_MEMORY: z.string().regex(/^\d{1,6}(\.\d+)?\s?[KMGT]i?B$/i, "must be a size such as 1GB or 512MB").optional(),
  DUCKDB_THREADS: wholeNumber("must be a whole number from 1 to 1024", 1, 1_024).optional(),
  MONGODB_URI: address(/^mongodb(\+srv)?:$/, "must begin with mongodb:// or mongodb+srv://").optional(),
  REDIS_URL: address(/^rediss?:$/, "must begin with redis:// or rediss://").optional(),
  READ_PREFERENCE: z.enum(["primary", "secondaryPreferred"], "must be primary or secondaryPreferred").default(
    "primary",
  ),
  MONGODB_POOL_SIZE: wholeNumber("must be a whole number from 2 to 1000", 2, 1_000).default(20),
  LEASE_SECONDS: wholeNumber("must be a whole number of seconds from 1 to 600", 1, 600).default(30),
  IMPORTS: z.enum(["on", "process", "off"], "must be on, process or off").default("on"),
});

/** The variables that `readConfig` reads and users set. */
export const SETTING_NAMES: readonly string[] = Object.keys(settingsSchema.shape);
const SECRETS = new Set(["ACCESS_TOKEN", "MONGODB_URI", "REDIS_URL"]);

/** Where settings come from: `Deno.env`, or a plain record in tests. */
export type Environment = Pick<Deno.Env, "get"> | Readonly<Record<string, string | undefined>>;

/** True where a host is reached from this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

/** True where the platform wakes jobs by crons of the entry module: on Deno Deploy, and there in production only. */
export function hasPlatformCron(environment: Pick<Deno.Env, "get">): boolean {
  const timeline = environment.get("DENO_TIMELINE");
  return Boolean(environment.get("DENO_DEPLOY")) && (!timeline || timeline === "production");
}

/** Reads and checks every setting. Throws one `TypeError` that names each bad variable, its value and the mend. */
export function readConfig(environment: Environment): Config {
  const read = typeof environment.get === "function"
    ? (name: string) => (environment as Pick<Deno.Env, "get">).get(name)
    : (name: string) => (environment as Record<string, string | undefined>)[name];
  const raw = Object.fromEntries(SETTING_NAMES.map((name) => [name, read(name) || undefined]));
  const deploy = Boolean(read("DENO_DEPLOY"));

  const parsed = settingsSchema.safeParse(raw);
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return SECRETS.has(name) ? `${name} ${issue.message}` : `${name}=${JSON.stringify(raw[name])}: ${issue.message}`;
  });
  const host = raw.HOST ?? "127.0.0.1";
  if (!raw.ACCESS_TOKEN && (deploy || !isLoopback(host))) {
    const why = deploy ? "on Deno Deploy" : `with HOST=${JSON.stringify(host)}`;
    const mend = deploy ? "" : ", or leave HOST unset to serve this machine only";
    problems.push(
      `ACCESS_TOKEN is not set, and ${why} the server is open to others; set it to at least 32 bytes, for example from \`openssl rand -hex 32\`${mend}`,
    );
  }
  if (raw.REDIS_URL && !raw.MONGODB_URI) {
    problems.push("REDIS_URL is set without MONGODB_URI: Redis only serves instances that share a database");
  }
  if (!parsed.success || problems.length) {
    throw new TypeError(
      `Cannot start, ${problems.length === 1 ? "a setting is" : "settings are"} wrong:\n  ${problems.join("\n  ")}`,
    );
  }

  const settings = parsed.data;
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: isAbsolute(settings.DATA_DIR) ? settings.DATA_DIR : resolve(settings.DATA_DIR),
    publicUrl: settings.PUBLIC_URL,
    logLevel: settings.LOG_LEVEL,
    accessToken: settings.ACCESS_TOKEN,
    maxUploadBytes: settings.MAX_UPLOAD_BYTES,
    // An instance there has 768 MB for everything.
    memoryLimit: settings.DUCKDB_MEMORY ?? (deploy ? "256MB" : "1GB"),
    threads: settings.DUCKDB_THREADS,
    deploy,
    server: settings.MONGODB_URI === undefined ? undefined : {
      mongodbUri: settings.MONGODB_URI,
      redisUrl: settings.REDIS_URL,
      readPreference: settings.READ_PREFERENCE,
      poolSize: settings.MONGODB_POOL_SIZE,
      leaseMs: settings.LEASE_SECONDS * 1_000,
      imports: settings.IMPORTS,
    },
  };
}
