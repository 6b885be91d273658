import assert from "node:assert/strict";
import { isAbsolute } from "node:path";
import { hasPlatformCron, isLoopback, readConfig, SETTING_NAMES } from "./config.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

Deno.test("readConfig() has a default for everything", () => {
  const config = readConfig({});
  assert.equal(config.port, 8000);
  assert.equal(config.host, "127.0.0.1");
  assert.ok(isAbsolute(config.dataDir) && config.dataDir.endsWith("data"));
  assert.equal(config.maxUploadBytes, 20 * 2 ** 30);
  assert.equal(config.memoryLimit, "1GB");
  assert.equal(config.accessToken, undefined);
  assert.equal(config.deploy, false);
  assert.equal(config.server, undefined);
});

Deno.test("readConfig() reads every variable, from a record and from Deno.env's shape", () => {
  const env: Record<string, string> = {
    PORT: "0",
    HOST: "0.0.0.0",
    DATA_DIR: "/srv/t",
    PUBLIC_URL: "https://T.example.com/",
    LOG_LEVEL: "debug",
    ACCESS_TOKEN: TOKEN,
    MAX_UPLOAD_BYTES: "5MiB",
    DUCKDB_MEMORY: "512MB",
    DUCKDB_THREADS: "2",
    MONGODB_URI: "mongodb+srv://user:secret@example.com/tessera",
    REDIS_URL: "rediss://:secret@example.com:6380",
    READ_PREFERENCE: "secondaryPreferred",
    MONGODB_POOL_SIZE: "50",
    LEASE_SECONDS: "5",
    IMPORTS: "off",
  };
  const expected = {
    port: 0,
    host: "0.0.0.0",
    dataDir: "/srv/t",
    publicUrl: "https://t.example.com",
    logLevel: "debug",
    accessToken: TOKEN,
    maxUploadBytes: 5 * 2 ** 20,
    memoryLimit: "512MB",
    threads: 2,
    deploy: false,
    server: {
      mongodbUri: env.MONGODB_URI,
      redisUrl: env.REDIS_URL,
      readPreference: "secondaryPreferred",
      poolSize: 50,
      leaseMs: 5_000,
      imports: "off" as const,
    },
  };
  assert.deepEqual(readConfig(env), expected);
  assert.deepEqual(readConfig({ get: (name: string) => env[name] }), expected);
});

Deno.test("readConfig() names every bad variable with its value and the mend, in one message", () => {
  assert.throws(
    () => readConfig({ PORT: "80000", LOG_LEVEL: "loud", PUBLIC_URL: "https://a/b", MAX_UPLOAD_BYTES: "lots" }),
    (error: Error) => {
      assert.match(error.message, /PORT="80000": must be a whole number from 0 to 65535/);
      assert.match(error.message, /LOG_LEVEL="loud": must be debug, info, warn or error/);
      assert.match(error.message, /PUBLIC_URL="https:\/\/a\/b": must be an address without a path/);
      assert.match(error.message, /MAX_UPLOAD_BYTES="lots"/);
      return true;
    },
  );
});

Deno.test("readConfig() refuses addresses of other things, and never repeats what may hold a password", () => {
  assert.throws(
    () => readConfig({ MONGODB_URI: "https://user:secret@example.com", REDIS_URL: "redis:" }),
    (error: Error) => {
      assert.match(error.message, /MONGODB_URI must begin with mongodb:\/\/ or mongodb\+srv:\/\//);
      assert.match(error.message, /REDIS_URL must begin with redis:\/\/ or rediss:\/\//);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
  assert.throws(() => readConfig({ REDIS_URL: "redis://localhost" }), /REDIS_URL is set without MONGODB_URI/);
});

Deno.test("readConfig() refuses a host that others reach, and Deno Deploy, without a token", () => {
  for (const host of ["0.0.0.0", "::", "192.168.0.4", "tessera.example.com"]) {
    assert.throws(() => readConfig({ HOST: host }), /ACCESS_TOKEN is not set/);
    assert.equal(readConfig({ HOST: host, ACCESS_TOKEN: TOKEN }).host, host);
  }
  assert.throws(() => readConfig({ DENO_DEPLOY: "1" }), /ACCESS_TOKEN is not set, and on Deno Deploy/);
  assert.equal(readConfig({ DENO_DEPLOY: "1", ACCESS_TOKEN: TOKEN }).deploy, true);
});

Deno.test("readConfig() never prints the token", () => {
  assert.throws(() => readConfig({ ACCESS_TOKEN: "short-secret" }), (error: Error) => {
    assert.match(error.message, /ACCESS_TOKEN must be at least 32 bytes/);
    assert.doesNotMatch(error.message, /short-secret/);
    return true;
  });
});

Deno.test("hasPlatformCron() holds on Deno Deploy, in production only", () => {
  const holds = (env: Record<string, string>) => hasPlatformCron({ get: (name) => env[name] });
  assert.ok(!holds({}));
  assert.ok(!holds({ DENO_TIMELINE: "production" }));
  assert.ok(holds({ DENO_DEPLOY: "1" }));
  assert.ok(holds({ DENO_DEPLOY: "1", DENO_TIMELINE: "production" }));
  assert.ok(!holds({ DENO_DEPLOY: "1", DENO_TIMELINE: "git-branch/x" }));
});

Deno.test("isLoopback() knows this machine's names", () => {
  for (const host of ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"]) assert.ok(isLoopback(host), host);
  for (const host of ["0.0.0.0", "::", "127.0.0.1.evil.com", "localhost.evil.com"]) assert.ok(!isLoopback(host), host);
});

Deno.test(".env.example lists the settings that readConfig() reads, with their defaults", async () => {
  const text = await Deno.readTextFile(new URL("../.env.example", import.meta.url));
  const listed = Object.fromEntries(
    text.split("\n").filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
  assert.deepEqual(Object.keys(listed).sort(), [...SETTING_NAMES].sort());
  assert.deepEqual(readConfig(listed), readConfig({}));
});
