/** A network that misbehaves on demand: a TCP proxy whose faults can be switched while connections run through it. */

/** What goes wrong, on every connection and in both directions unless said otherwise. All off by default. */
export interface Toxics {
  /** Each piece arrives this much later. */
  latencyMs?: number;
  /** Bytes per second in each direction of a connection. */
  bandwidth?: number;
  /** Connections are taken and held, and nothing passes; what was sent arrives once this ends. */
  blackHole?: boolean;
  /** New connections end at once, as where nobody listens any more. */
  refuse?: boolean;
  /** A connection is cut once it has passed so many bytes to the server (`up`) or to the client (`down`). */
  cutAfter?: { up?: number; down?: number };
  /** When one side ends a connection, the other hears of it this much later. */
  slowCloseMs?: number;
}

/** A proxy that listens. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that run through it now. */
  readonly connections: number;
  /** Replaces the faults; `set({})` heals the network. */
  set(toxics: Toxics): void;
  /** Cuts every connection now. */
  cut(): void;
  /** Connections that run now pass nothing any more and nobody hears of it, as where a firewall forgot them. */
  strand(): void;
  /** Cuts everything and stops listening. Safe to repeat. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and passes what comes to `target`. */
export function startTcpProxy(target: { hostname?: string; port: number }): TcpProxy {
  const { hostname = "127.0.0.1", port } = target;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const lines = new Set<Line>();
  let toxics: Toxics = {};
  let changed = Promise.withResolvers<void>();
  let open = true;
  const network: Network = { toxics: () => toxics, changed: () => changed.promise };

  const accepting = (async () => {
    for await (const client of listener) void take(client);
  })();
  const taken = new Set<Promise<void>>();

  function take(client: Deno.TcpConn): void {
    if (toxics.refuse) return client.close();
    const line = new Line(client, network);
    lines.add(line);
    const run = line.run({ hostname, port }).finally(() => {
      lines.delete(line);
      taken.delete(run);
    });
    taken.add(run);
  }

  return {
    port: listener.addr.port,
    get connections() {
      return lines.size;
    },
    set(next) {
      toxics = next;
      changed.resolve();
      changed = Promise.withResolvers();
    },
    cut() {
      for (const line of lines) line.cut();
    },
    strand() {
      for (const line of lines) line.strand();
    },
    async close() {
      if (open) listener.close();
      open = false;
      for (const line of lines) line.cut();
      await accepting;
      await Promise.all(taken);
    },
  };
}

/** The faults as they stand, and when they change. */
interface Network {
  toxics(): Toxics;
  changed(): Promise<void>;
}

/** One connection through the proxy. */
class Line {
  #client: Deno.TcpConn;
  #server: Deno.TcpConn | undefined;
  #network: Network;
  #isCut = false;
  #isStranded = false;
  #ended = Promise.withResolvers<void>();

  constructor(client: Deno.TcpConn, network: Network) {
    this.#client = client;
    this.#network = network;
  }

  /** Passes bytes until both sides have ended or the line is cut. Never rejects: a broken line is what it is for. */
  async run(target: { hostname: string; port: number }): Promise<void> {
    try {
      await this.#holeEnds();
      if (this.#isCut) return;
      this.#server = await Deno.connect(target);
      if (this.#isCut) return;
      await Promise.all([
        this.#pass(this.#client, this.#server, "up"),
        this.#pass(this.#server, this.#client, "down"),
      ]);
    } catch {
      // A side that broke off breaks the other off.
    } finally {
      this.cut();
    }
  }

  cut(): void {
    this.#isCut = true;
    this.#ended.resolve();
    close(this.#client);
    if (this.#server) close(this.#server);
  }

  strand(): void {
    this.#isStranded = true;
  }

  async #pass(from: Deno.TcpConn, to: Deno.TcpConn, direction: "up" | "down"): Promise<void> {
    const buffer = new Uint8Array(65_536);
    let passed = 0;
    for (;;) {
      const length = await from.read(buffer);
      if (length === null) break;
      const { latencyMs, cutAfter } = this.#network.toxics();
      if (latencyMs) await this.#pause(latencyMs);
      const room = (cutAfter?.[direction] ?? Infinity) - passed;
      await this.#write(to, buffer.subarray(0, Math.max(0, Math.min(length, room))));
      passed += length;
      if (length >= room) return this.cut();
    }
    // Not even the end of one side is passed on.
    await this.#holeEnds();
    const { slowCloseMs } = this.#network.toxics();
    if (slowCloseMs) await this.#pause(slowCloseMs);
    await to.closeWrite();
  }

  async #write(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      await this.#holeEnds();
      const { bandwidth } = this.#network.toxics();
      // A tenth of a second's worth at a time, so that a slow line trickles.
      const piece = bytes.subarray(done, done + (bandwidth ? Math.max(1, Math.ceil(bandwidth / 10)) : bytes.length));
      if (bandwidth) await this.#pause(1_000 * piece.length / bandwidth);
      done += await to.write(piece);
    }
  }

  async #holeEnds(): Promise<void> {
    while ((this.#isStranded || this.#network.toxics().blackHole) && !this.#isCut) {
      await Promise.race([this.#network.changed(), this.#ended.promise]);
    }
  }

  async #pause(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => timer = setTimeout(resolve, ms));
    await Promise.race([over, this.#ended.promise]);
    clearTimeout(timer);
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error; // closed already
  }
}
