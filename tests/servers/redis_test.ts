import assert from "node:assert/strict";
import { freshPrefix, missingRedisProgram, redisUrl, startRedis } from "./redis.ts";
import { serverSuite } from "./server.ts";

/** One command in Redis's inline form. */
async function ask(port: number, command: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(`${command}\r\n`));
  const answer = new Uint8Array(1_000);
  const length = await connection.read(answer);
  return new TextDecoder().decode(answer.subarray(0, length ?? 0)).trim();
}

const missing = missingRedisProgram();
if (missing === null) await redisUrl();

serverSuite("redis server", missing, () => {
  Deno.test("startRedis() answers, is flushed, killed and comes back empty in its place", async () => {
    const server = await startRedis();
    assert.equal(await ask(server.port, "SET a 1"), "+OK");
    await server.flush();
    assert.equal(await ask(server.port, "EXISTS a"), ":0");
    assert.equal(await ask(server.port, "SET a 1"), "+OK");
    await server.kill();
    await assert.rejects(ask(server.port, "PING"), Deno.errors.ConnectionRefused);
    const next = await startRedis({ port: server.port });
    assert.equal(next.url, server.url);
    assert.equal(await ask(next.port, "EXISTS a"), ":0");
    await next.stop();
    await next.stop();
  });

  Deno.test("freeze() holds connections without an answer until thaw()", async () => {
    const server = await startRedis();
    try {
      server.freeze();
      const answer = ask(server.port, "PING");
      const late = new Promise((resolve) => setTimeout(resolve, 100, "late"));
      assert.equal(await Promise.race([answer, late]), "late");
      server.thaw();
      assert.equal(await answer, "+PONG");
    } finally {
      await server.kill();
    }
  });

  Deno.test("a server ends with the process that started it, also where that is killed", async () => {
    const code = `const { startRedis } = await import(${JSON.stringify(import.meta.resolve("./redis.ts"))});
      const server = await startRedis();
      console.log("port", server.port);
      setInterval(() => {}, 1_000);`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", code],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let output = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      output += chunk;
      const port = Number(/port (\d+)\n/.exec(output)?.[1] ?? NaN);
      if (Number.isNaN(port)) continue;
      assert.equal(await ask(port, "PING"), "+PONG");
      child.kill("SIGKILL");
      await child.status;
      for (let i = 0; await ask(port, "PING").then(() => true, () => false); i++) {
        assert.ok(i < 500, "it runs on");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return;
    }
    assert.fail("it did not start");
  });

  Deno.test("redisUrl() answers one server for the whole file; prefixes differ", async () => {
    assert.equal(await redisUrl(), await redisUrl());
    assert.notEqual(freshPrefix(), freshPrefix());
  });
});
