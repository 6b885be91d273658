/** Files: raw uploads, kept by the SHA-256 of their bytes, per workspace. */

/** A kept file. */
export interface KeptFile {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
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
  has(workspace: string, sha256: string): Promise<boolean>;
  delete(workspace: string, sha256: string): Promise<boolean>;
  /** Every kept file of a workspace, in no order. */
  list(workspace: string): AsyncIterable<KeptFile>;
  close(): Promise<void>;
}
