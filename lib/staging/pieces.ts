/** Bytes on their way to a file. */
export class Pieces {
  #bytes = new Uint8Array(1 << 20);
  #size = 0;

  /** Takes bytes; they are copied. */
  add(piece: Uint8Array): void {
    this.#room(piece.length);
    this.#bytes.set(piece, this.#size);
    this.#size += piece.length;
  }

  /** Takes one byte. */
  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#size++] = value;
  }

  /** Writes all of it. */
  async flush(file: Deno.FsFile): Promise<void> {
    for (let at = 0; at < this.#size;) at += await file.write(this.#bytes.subarray(at, this.#size));
    this.#size = 0;
  }

  #room(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + more));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}
