/**
 * What is known of a dataset's tables without asking again. This process is the only writer of the file, so what was
 * read holds until a change becomes visible; `ChangeGuard` tells when that is.
 */

/** Stamps of tables: what was read between two equal stamps was read of one version. */
export class ChangeGuard {
  #stamps = new Map<string, number>();
  #changing = new Map<string, number>();

  /** The stamp now; null while a change is becoming visible, when nothing can be told. */
  stamp(table: string): number | null {
    return this.#changing.has(table) ? null : this.#stamps.get(table) ?? 0;
  }

  /** Runs a change of some tables; it calls `becomeVisible` right before its commit, as readers may see it from then on. */
  async around<T>(tables: string[], change: (becomeVisible: () => void) => Promise<T>): Promise<T> {
    let isVisible = false;
    try {
      return await change(() => {
        isVisible = true;
        for (const table of tables) this.#changing.set(table, (this.#changing.get(table) ?? 0) + 1);
      });
    } finally {
      if (isVisible) { for (const table of tables) this.#ended(table); }
    }
  }

  #ended(table: string): void {
    this.#stamps.set(table, (this.#stamps.get(table) ?? 0) + 1);
    const others = (this.#changing.get(table) ?? 1) - 1;
    if (others === 0) this.#changing.delete(table);
    else this.#changing.set(table, others);
  }
}

/** More is forgotten all at once: it is quick to read anew. */
const MAX_KNOWN = 500;

/** Values read of tables, kept as long as the tables stay as they are. */
export class Known<T> {
  #guard: ChangeGuard;
  #values = new Map<string, { stamp: number; value: Promise<T> }>();

  constructor(guard: ChangeGuard) {
    this.#guard = guard;
  }

  /** The value under a key, read where it is not known. Who asks at the same time shares one reading. */
  async get(table: string, key: string, read: () => Promise<T>): Promise<T> {
    const stamp = this.#guard.stamp(table);
    if (stamp === null) return await read();
    const known = this.#values.get(key);
    if (known?.stamp === stamp) return await known.value;
    if (this.#values.size >= MAX_KNOWN) this.#values.clear();
    const entry = { stamp, value: read() };
    this.#values.set(key, entry);
    try {
      return await entry.value;
    } catch (error) {
      if (this.#values.get(key) === entry) this.#values.delete(key);
      throw error;
    }
  }

  clear(): void {
    this.#values.clear();
  }
}
