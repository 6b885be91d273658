/** A TCP proxy that cuts connections after so many bytes from the client: what a bad network does, at exact places. */

/** A proxy that runs. */
export interface CuttingProxy {
  readonly origin: string;
  /** Connections that were cut so far. */
  readonly cuts: number;
  close(): Promise<void>;
}

/**
 * Passes bytes on to `target`. `nextCut` is asked for each connection after how many bytes it is cut, in both
 * directions and without a word; null lets it live.
 */
export function cuttingProxy(target: () => string, nextCut: () => number | null): CuttingProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const working = new Set<Promise<void>>();
  const open = new Set<() => void>();
  let cuts = 0;

  const serve = async (client: Deno.Conn) => {
    const { hostname, port } = new URL(target());
    let server: Deno.Conn;
    try {
      server = await Deno.connect({ hostname, port: Number(port) });
    } catch {
      return close(client); // the server is away: so is the connection
    }
    const left = nextCut();
    const both = () => {
      close(client);
      close(server);
    };
    open.add(both);
    await Promise.all([pass(client, server, left, both), pass(server, client, null, both)]);
    open.delete(both);
  };
  const pass = async (from: Deno.Conn, to: Deno.Conn, left: number | null, end: () => void) => {
    const buffer = new Uint8Array(16_384);
    let through = 0;
    try {
      for (let read; (read = await from.read(buffer)) !== null;) {
        const length = left === null ? read : Math.min(read, left - through);
        for (let done = 0; done < length;) done += await to.write(buffer.subarray(done, length));
        through += length;
        if (left !== null && through >= left) {
          cuts++;
          break;
        }
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    end();
  };
  const accepting = (async () => {
    for await (const client of listener) {
      const work = serve(client).finally(() => working.delete(work));
      working.add(work);
    }
  })();
  return {
    origin: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    get cuts() {
      return cuts;
    },
    async close() {
      listener.close();
      await accepting;
      for (const end of open) end(); // clients keep idle connections for a while
      await Promise.all(working);
    },
  };
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error; // the other direction was faster
  }
}

function isGone(error: unknown): boolean {
  return ["BadResource", "Interrupted", "ConnectionReset", "BrokenPipe", "ConnectionAborted"]
    .some((name) => error instanceof Deno.errors[name as "BadResource"]);
}
