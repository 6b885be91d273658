import assert from "node:assert/strict";
import { startTcpProxy, type TcpProxy } from "./tcp_proxy.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);

/** A server that answers what it is sent, behind a proxy. */
async function withEcho(work: (proxy: TcpProxy) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answered: Promise<unknown>[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      // A client that is cut off ends this, too.
      answered.push(connection.readable.pipeTo(connection.writable).catch(() => {}));
    }
  })();
  const proxy = startTcpProxy({ port: listener.addr.port });
  try {
    await work(proxy);
  } finally {
    await proxy.close();
    listener.close();
    await serving;
    await Promise.all(answered);
  }
}

const connect = ({ port }: TcpProxy) => Deno.connect({ hostname: "127.0.0.1", port });

/** Reads until `length` bytes are there or the connection ends, however it ends. */
async function read(connection: Deno.TcpConn, length: number): Promise<string> {
  let all = "";
  const buffer = new Uint8Array(65_536);
  while (all.length < length) {
    const got = await connection.read(buffer).catch(() => null);
    if (got === null) break;
    all += text(buffer.subarray(0, got));
  }
  return all;
}

const within = <T>(promise: Promise<T>, ms: number): Promise<T | "late"> => {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<"late">((resolve) => timer = setTimeout(() => resolve("late"), ms));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

Deno.test("startTcpProxy() passes bytes both ways and tells each side when the other ends", async () => {
  await withEcho(async (proxy) => {
    using connection = await connect(proxy);
    const sent = "x".repeat(300_000) + "end";
    const answer = read(connection, sent.length + 1);
    for (let rest = bytes(sent); rest.length > 0;) rest = rest.subarray(await connection.write(rest));
    await connection.closeWrite();
    assert.equal(await answer, sent);
  });
});

Deno.test("latencyMs delays what passes", async () => {
  await withEcho(async (proxy) => {
    proxy.set({ latencyMs: 60 });
    using connection = await connect(proxy);
    const began = performance.now();
    await connection.write(bytes("hello"));
    assert.equal(await read(connection, 5), "hello");
    assert.ok(performance.now() - began >= 115, "there and back");
  });
});

Deno.test("bandwidth lets bytes trickle", async () => {
  await withEcho(async (proxy) => {
    using connection = await connect(proxy);
    proxy.set({ bandwidth: 10_000 });
    const began = performance.now();
    await connection.write(bytes("x".repeat(2_000)));
    assert.equal((await read(connection, 2_000)).length, 2_000);
    assert.ok(performance.now() - began >= 195, "2,000 bytes at 10,000 a second");
  });
});

Deno.test("blackHole holds connections and bytes until it ends", async () => {
  await withEcho(async (proxy) => {
    using old = await connect(proxy);
    await old.write(bytes("a"));
    assert.equal(await read(old, 1), "a");
    proxy.set({ blackHole: true });
    using fresh = await connect(proxy);
    await old.write(bytes("b"));
    await fresh.write(bytes("c"));
    const answers = Promise.all([read(old, 1), read(fresh, 1)]);
    assert.equal(await within(answers, 100), "late");
    proxy.set({});
    assert.deepEqual(await answers, ["b", "c"]);
  });
});

Deno.test("cut() ends every connection now; refuse ends new ones", async () => {
  await withEcho(async (proxy) => {
    using connection = await connect(proxy);
    await connection.write(bytes("a"));
    assert.equal(await read(connection, 1), "a");
    proxy.cut();
    assert.equal(await read(connection, 1), "");
    proxy.set({ refuse: true });
    using refused = await connect(proxy);
    assert.equal(await read(refused, 1), "");
    proxy.set({});
    using next = await connect(proxy);
    await next.write(bytes("b"));
    assert.equal(await read(next, 1), "b");
    assert.equal(proxy.connections, 1);
  });
});

Deno.test("cutAfter tears an answer off in the middle, each direction by itself", async () => {
  await withEcho(async (proxy) => {
    proxy.set({ cutAfter: { down: 3 } });
    using torn = await connect(proxy);
    await torn.write(bytes("hello"));
    assert.equal(await read(torn, 5), "hel");
    proxy.set({ cutAfter: { up: 2 } });
    using lost = await connect(proxy);
    await lost.write(bytes("hello"));
    assert.ok("he".startsWith(await read(lost, 5)));
  });
});

Deno.test("slowCloseMs tells of an end later", async () => {
  await withEcho(async (proxy) => {
    proxy.set({ slowCloseMs: 100 });
    using connection = await connect(proxy);
    await connection.write(bytes("a"));
    assert.equal(await read(connection, 1), "a");
    const began = performance.now();
    await connection.closeWrite();
    assert.equal(await read(connection, 1), "");
    assert.ok(performance.now() - began >= 195, "there and back");
  });
});

Deno.test("close() ends connections that are held", async () => {
  await withEcho(async (proxy) => {
    proxy.set({ blackHole: true, latencyMs: 60_000 });
    using connection = await connect(proxy);
    await connection.write(bytes("a"));
    await proxy.close();
    assert.equal(await read(connection, 1), "");
  });
});
