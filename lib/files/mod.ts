/** Files: raw uploads, kept by the SHA-256 of their bytes, per workspace. */

/** A kept file. */
export interface KeptFile {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Bounds of one part. */
export interface PartOptions {
  maxBytes?: number;
  signal?: AbortSignal;
}

/** The role; one contract suite (`tests/contracts/files.ts`) holds for every implementation. */
export interface Files {
  /**
   * Keeps a stream in constant memory; the same bytes twice are kept once. Acknowledged means durable.
   * Throws `InputError` `too-large` past `maxBytes`, before the rest is read; nothing stays behind.
   */
  keep(
    workspace: string,
    body: ReadableStream<Uint8Array>,
    options?: { maxBytes?: number; signal?: AbortSignal },
  ): Promise<KeptFile>;
  /** Throws `NotFoundError`. */
  open(workspace: string, sha256: string): Promise<ReadableStream<Uint8Array>>;
  /** The first `length` bytes. Throws `NotFoundError`. */
  head(workspace: string, sha256: string, length: number): Promise<Uint8Array>;
  /**
   * Puts the file where the engine may read it (`DATA_DIR/staging/<name>`, a hard link or copy) and answers that path.
   * The caller removes it when done.
   */
  stage(workspace: string, sha256: string, name: string): Promise<string>;
  /**
   * Keeps one part of a file that arrives in pieces; answers its bytes. The caller keeps the order of the parts in a
   * document and gives each try a name of its own, so nothing is ever written over and a part that nobody names does no
   * harm. Acknowledged means durable, and every instance can join it at once. A body that breaks off or is longer than
   * `maxBytes` (`InputError` `too-large`) leaves nothing.
   */
  keepPart(
    workspace: string,
    upload: string,
    part: string,
    body: ReadableStream<Uint8Array>,
    options?: PartOptions,
  ): Promise<number>;
  /** The bytes of one part. Throws `NotFoundError`. */
  openPart(workspace: string, upload: string, part: string): Promise<ReadableStream<Uint8Array>>;
  /**
   * Makes one kept file of parts, in the order named, in constant memory. Safe to repeat: the parts stay until
   * `dropParts`. Throws `NotFoundError` where one of them is missing.
   */
  joinParts(
    workspace: string,
    upload: string,
    parts: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<KeptFile>;
  /** Removes every part of an upload, also those that no document names; true where there were some. Safe to repeat. */
  dropParts(workspace: string, upload: string): Promise<boolean>;
  /** Every upload that has parts, in no order: what no document knows any more is removed by it. */
  listUploads(workspace: string): AsyncIterable<string>;
  has(workspace: string, sha256: string): Promise<boolean>;
  delete(workspace: string, sha256: string): Promise<boolean>;
  /** Every kept file of a workspace, in no order. */
  list(workspace: string): AsyncIterable<KeptFile>;
  close(): Promise<void>;
}
