/**
 * A primary that steps down on demand: a proxy before a MongoDB server that understands its messages. It can pass for a
 * replica set with sessions, and then keeps the answer of each numbered write, as a real one does, so that the driver's
 * own repetition is met as it would be there.
 */
import { Buffer } from "node:buffer";
import { BSON } from "mongodb";

/** What a server answers instead of what was asked for. */
export interface Refusal {
  /** The commands it hits, such as "insert". */
  commands: string[];
  /** How many of them. */
  times: number;
  code: number;
  codeName: string;
  /** Whether the command is carried out all the same, and only its answer lost. */
  executed: boolean;
}

/** A proxy that listens. */
export interface MongoProxy {
  readonly uri: string;
  /** Commands that came from clients, by name. */
  readonly seen: string[];
  /** Refuses the next commands. */
  refuse(refusal: Refusal): void;
  /** Refusals that nobody met yet. */
  readonly waiting: number;
  close(): Promise<void>;
}

const OP_REPLY = 1, OP_QUERY = 2004, OP_MSG = 2013;
const HELLO = /^(hello|ismaster)$/i;

interface Message {
  id: number;
  responseTo: number;
  opCode: number;
  bytes: Uint8Array;
}

/** Listens on a free port; `replicaSet` makes the server behind it pass for the primary of one. */
export function startMongoProxy(
  target: { port: number },
  { replicaSet = false }: { replicaSet?: boolean } = {},
): MongoProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const seen: string[] = [];
  const refusals: Refusal[] = [];
  /** Answers of numbered writes, by session and number. */
  const answers = new Map<string, BSON.Document>();
  const connections = new Set<Deno.TcpConn>();

  async function serve(client: Deno.TcpConn): Promise<void> {
    const server = await Deno.connect({ hostname: "127.0.0.1", port: target.port });
    connections.add(client).add(server);
    const hellos = new Set<number>();
    const numbered = new Map<number, string>();
    const swallowed = new Map<number, Refusal>();
    const up = async () => {
      for await (const message of messages(client)) {
        const command = commandOf(message);
        const [name = ""] = Object.keys(command);
        if (HELLO.test(name)) hellos.add(message.id);
        else seen.push(name);
        const number = numberOf(command);
        const known = number && answers.get(number);
        const refusal = known ? undefined : takeRefusal(refusals, name);
        if (known) await client.write(answerTo(message.id, known));
        else if (refusal && !refusal.executed) await client.write(answerTo(message.id, refusedBy(refusal, replicaSet)));
        else {
          if (number) numbered.set(message.id, number);
          if (refusal) swallowed.set(message.id, refusal);
          await writeAll(server, message.bytes);
        }
      }
    };
    const down = async () => {
      for await (const message of messages(server)) {
        const number = numbered.get(message.responseTo);
        if (number) answers.set(number, answerOf(message));
        const refusal = swallowed.get(message.responseTo);
        if (refusal) await client.write(answerTo(message.responseTo, refusedBy(refusal, replicaSet)));
        else if (replicaSet && hellos.has(message.responseTo)) await writeAll(client, asPrimary(message, port));
        else await writeAll(client, message.bytes);
      }
    };
    await Promise.allSettled([up().finally(() => end(server)), down().finally(() => end(client))]);
    connections.delete(client);
    connections.delete(server);
  }

  const serving = new Set<Promise<void>>();
  const accepting = (async () => {
    for await (const client of listener) {
      const run: Promise<void> = serve(client).finally(() => serving.delete(run));
      serving.add(run);
    }
  })();

  return {
    uri: `mongodb://127.0.0.1:${port}/${replicaSet ? "?replicaSet=rs" : ""}`,
    seen,
    refuse: (refusal) => void refusals.push({ ...refusal }),
    get waiting() {
      return refusals.length;
    },
    async close() {
      listener.close();
      for (const connection of connections) end(connection);
      await accepting;
      await Promise.all(serving);
    },
  };
}

function takeRefusal(refusals: Refusal[], name: string): Refusal | undefined {
  const found = refusals.findIndex(({ commands }) => commands.includes(name));
  const refusal = refusals[found];
  if (refusal && --refusal.times === 0) refusals.splice(found, 1);
  return refusal;
}

function refusedBy({ code, codeName }: Refusal, replicaSet: boolean): BSON.Document {
  // The label is a replica set's: it tells the driver that it may send the same write again.
  const errorLabels = replicaSet ? ["RetryableWriteError"] : [];
  return { ok: 0, errmsg: `refused: ${codeName}`, code, codeName, errorLabels };
}

function numberOf(command: BSON.Document): string | undefined {
  if (command.txnNumber === undefined) return undefined;
  return `${(command.lsid.id as BSON.Binary).toString("hex")}/${command.txnNumber}`;
}

/** The messages of a connection, whole. Ends with it, however it ends. */
async function* messages(connection: Deno.TcpConn): AsyncIterable<Message> {
  let buffered = Buffer.alloc(0);
  const piece = new Uint8Array(65_536);
  for (;;) {
    const length = await connection.read(piece).catch(() => null);
    if (length === null) return;
    buffered = Buffer.concat([buffered, piece.subarray(0, length)]);
    while (buffered.length >= 16 && buffered.length >= buffered.readInt32LE(0)) {
      const bytes = Buffer.from(buffered.subarray(0, buffered.readInt32LE(0)));
      buffered = buffered.subarray(bytes.length);
      yield { id: bytes.readInt32LE(4), responseTo: bytes.readInt32LE(8), opCode: bytes.readInt32LE(12), bytes };
    }
  }
}

/** The command of a request; long sequences of documents beside it are of no interest here. */
function commandOf({ opCode, bytes }: Message): BSON.Document {
  const buffer = Buffer.from(bytes);
  if (opCode === OP_MSG) return documentAt(buffer, 21);
  if (opCode === OP_QUERY) return documentAt(buffer, buffer.indexOf(0, 20) + 9);
  return {};
}

function answerOf({ opCode, bytes }: Message): BSON.Document {
  return documentAt(Buffer.from(bytes), opCode === OP_REPLY ? 36 : 21);
}

function documentAt(buffer: Buffer, offset: number): BSON.Document {
  const bytes = buffer.subarray(offset, offset + buffer.readInt32LE(offset));
  return BSON.deserialize(bytes, { promoteLongs: false, promoteBuffers: false });
}

/** An OP_MSG that answers a request. */
function answerTo(id: number, document: BSON.Document): Uint8Array {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}

/** A hello's answer as the primary of a replica set with sessions would give it. */
function asPrimary(message: Message, port: number): Uint8Array {
  const me = `127.0.0.1:${port}`;
  const body = BSON.serialize({
    ...answerOf(message),
    ...{ setName: "rs", setVersion: 1, hosts: [me], me, primary: me, ismaster: true, isWritablePrimary: true },
    logicalSessionTimeoutMinutes: 30,
  });
  const head = Buffer.from(message.bytes.subarray(0, message.opCode === OP_REPLY ? 36 : 21));
  head.writeInt32LE(head.length + body.length, 0);
  return Buffer.concat([head, body]);
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await connection.write(bytes.subarray(done));
}

function end(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error; // closed already
  }
}
