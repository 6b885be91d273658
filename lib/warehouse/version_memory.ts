/** What was worked out of a version of a dataset is true for ever: kept for the versions that were read last. */

/** The value under a key, worked out where it is not known yet. */
export type Recall = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Versions that are remembered at once. */
const MAX_VERSIONS = 12;
/** Values that are remembered of each; more are forgotten all at once. */
const MAX_VALUES = 100;

/** The memory of one process. */
export class VersionMemory {
  #versions = new Map<string, Map<string, unknown>>();

  /**
   * What is known of a version. New values are seen by others only once `keep` is called: until then nobody can tell
   * whether they were read of one moment.
   */
  at(dataset: string, version: number): { recall: Recall; keep: () => void } {
    const name = `${dataset} ${version}`;
    const known = this.#versions.get(name) ?? new Map<string, unknown>();
    this.#versions.delete(name);
    this.#versions.set(name, known);
    for (const oldest of this.#versions.keys()) {
      if (this.#versions.size <= MAX_VERSIONS) break;
      this.#versions.delete(oldest);
    }
    const own = new Map<string, Promise<unknown>>();
    const recall: Recall = async <T>(key: string, work: () => Promise<T>) => {
      if (known.has(key)) return known.get(key) as T;
      const value = own.get(key) ?? work();
      own.set(key, value);
      return await value as T;
    };
    const keep = () => {
      if (known.size + own.size > MAX_VALUES) known.clear();
      for (const [key, value] of own) value.then((found) => known.set(key, found), () => {});
    };
    return { recall, keep };
  }

  clear(): void {
    this.#versions.clear();
  }
}
