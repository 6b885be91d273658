/** SIGTERM and a second process: what runs is ended well, what is open elsewhere is left alone. */
import assert from "node:assert/strict";
import { CSV } from "@/tests/attacks/outside.ts";
import { StartError, until, withServers } from "./server_process.ts";

const encoder = new TextEncoder();
/** Everything must be over before a host's patience is. */
const PATIENCE_MS = 5_000;

/** An upload in chunks over a socket: begun, to be gone on with by hand. */
async function beginUpload(origin: string) {
  const { hostname, port } = new URL(origin);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const send = async (text: string) => {
    const bytes = encoder.encode(text);
    await connection.write(encoder.encode(`${bytes.length.toString(16)}\r\n`));
    await connection.write(bytes);
    await connection.write(encoder.encode("\r\n"));
  };
  await connection.write(encoder.encode(
    "POST /api/imports?dataset=ads&filename=slow.csv HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
  ));
  return {
    connection,
    send,
    /** Ends the body and answers what the server says. */
    async end(): Promise<string> {
      await connection.write(encoder.encode("0\r\n\r\n"));
      const buffer = new Uint8Array(65_536);
      const read = await connection.read(buffer);
      return new TextDecoder().decode(buffer.subarray(0, read ?? 0));
    },
  };
}

Deno.test("[fault] SIGTERM lets an upload arrive whole, refuses new ones, ends streams, and exits with 0", () =>
  withServers(async (start) => {
    const server = await start();
    const stream = await fetch(`${server.origin}/api/events`);
    const heard = stream.text();
    const upload = await beginUpload(server.origin);
    await upload.send(CSV.slice(0, 100));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stopped = performance.now();
    server.signal("SIGTERM");
    assert.match(await heard, /retry: /, "an open event stream ends as if it were over");
    const late = await fetch(`${server.origin}/api/imports?dataset=ads`, { method: "POST", body: CSV });
    assert.equal(late.status, 503);
    assert.equal(late.headers.get("content-type"), "application/problem+json");
    assert.ok(Number(late.headers.get("retry-after")) > 0);
    await late.body?.cancel();
    await upload.send(CSV.slice(100));
    assert.match(await upload.end(), /^HTTP\/1\.1 202 /);
    upload.connection.close();
    assert.equal(await server.ended, 0, server.output());
    assert.ok(performance.now() - stopped < PATIENCE_MS);

    const again = await start();
    const job = await until("the import goes on", async () => {
      const { imports } = await (await fetch(`${again.origin}/api/imports`)).json();
      assert.equal(imports.length, 1);
      return imports[0].state === "published" && imports[0];
    });
    assert.deepEqual([job.filename, job.counts.inserted], ["slow.csv", 2]);
    again.signal("SIGINT");
    assert.equal(await again.ended, 0, again.output());
  }));

Deno.test("[fault] SIGTERM with an upload that never ends exits with 0 in time and keeps nothing of it", () =>
  withServers(async (start) => {
    const server = await start();
    const upload = await beginUpload(server.origin);
    await upload.send(CSV);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stopped = performance.now();
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0, server.output());
    assert.ok(performance.now() - stopped < PATIENCE_MS);
    upload.connection.close();
    const again = await start();
    assert.deepEqual((await (await fetch(`${again.origin}/api/imports`)).json()).imports, []);
    again.signal("SIGTERM");
    assert.equal(await again.ended, 0, again.output());
  }));

Deno.test("[fault] SIGTERM with many open event streams, read or not, exits with 0 in time", () =>
  withServers(async (start) => {
    const server = await start();
    const streams = await Promise.all(Array.from({ length: 30 }, () => fetch(`${server.origin}/api/events`)));
    assert.ok(streams.every(({ status }) => status === 200));
    const stopped = performance.now();
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0, server.output());
    assert.ok(performance.now() - stopped < PATIENCE_MS);
    await Promise.all(streams.map((stream) => stream.body?.cancel()));
  }));

Deno.test("[fault] a second process on the same data says who has it and where, and ends", () =>
  withServers(async (start, directory) => {
    const server = await start();
    await assert.rejects(start, (error) => {
      assert.ok(error instanceof StartError, String(error));
      assert.notEqual(error.code, 0);
      const [line, ...more] = error.output.trim().split("\n").filter((text) => !text.startsWith("Task "));
      assert.match(line!, new RegExp(`process ${server.pid}\\b`));
      assert.ok(line!.includes(`http://localhost:${new URL(server.origin).port}`), line);
      assert.ok(line!.includes(directory), line);
      assert.deepEqual(more, [], "one line, no stack");
      return true;
    });
    assert.equal((await fetch(`${server.origin}/readyz`)).status, 200, "the first one serves as before");
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0, server.output());
  }));

Deno.test("[fault] a port that is taken is said in one line", () =>
  withServers(async (start) => {
    const taken = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    try {
      await assert.rejects(start({ PORT: String(taken.addr.port) }), (error) => {
        assert.ok(error instanceof StartError, String(error));
        assert.notEqual(error.code, 0);
        assert.match(error.output, new RegExp(String(taken.addr.port)));
        assert.doesNotMatch(error.output, /\n\s+at /);
        return true;
      });
    } finally {
      taken.close();
    }
  }));
