import { HOLE, INFINITY_NEG, INFINITY_POS, NAN, NULL, UNDEFINED, ZERO_NEG } from "./constants.ts";

/** Makes values of a kind of one's own, by name. */
// deno-lint-ignore no-explicit-any -- each parser knows what its stringifier wrote
export type CustomParser = Record<string, (value: any) => unknown>;

/** Read back what `stringify()` wrote. */
export function parse<T = unknown>(text: string, custom: CustomParser = {}): T {
  const data: unknown = JSON.parse(text);
  const reader = Array.isArray(data) ? new Reader(data, custom) : new Reader([], custom);
  return reader.get(Array.isArray(data) ? 0 : data as number) as T;
}

class Reader {
  #entries: unknown[];
  #custom: CustomParser;
  #values: unknown[] = [];

  constructor(entries: unknown[], custom: CustomParser) {
    this.#entries = entries;
    this.#custom = custom;
  }

  get(reference: number): unknown {
    switch (reference) {
      case UNDEFINED:
        return undefined;
      case NULL:
        return null;
      case NAN:
        return NaN;
      case INFINITY_POS:
        return Infinity;
      case INFINITY_NEG:
        return -Infinity;
      case ZERO_NEG:
        return -0;
    }
    return reference in this.#values ? this.#values[reference] : this.#read(reference);
  }

  #read(index: number): unknown {
    const entry = this.#entries[index];
    if (typeof entry !== "object" || entry === null) return this.#values[index] = entry;
    if (!Array.isArray(entry)) return this.#readFields(index, entry as Record<string, number>);
    if (typeof entry[0] === "string") return this.#readTagged(index, entry[0], entry);
    // Known before it is filled, so that what lies inside can refer to it.
    const array: unknown[] = this.#values[index] = new Array(entry.length);
    entry.forEach((reference: number, i) => {
      if (reference !== HOLE) array[i] = this.get(reference);
    });
    return array;
  }

  #readFields(index: number, entry: Record<string, number>): unknown {
    const object = this.#values[index] = {};
    for (const [key, reference] of Object.entries(entry)) {
      // Assigning would change the prototype if the key is `__proto__`.
      Object.defineProperty(object, key, {
        value: this.get(reference),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return object;
  }

  #readTagged(index: number, tag: string, entry: unknown[]): unknown {
    if (Object.hasOwn(this.#custom, tag)) {
      return this.#values[index] = this.#custom[tag]!(this.get(entry[1] as number));
    }
    if (tag === "Set") {
      const set = this.#values[index] = new Set();
      for (const reference of entry[1] as number[]) set.add(this.get(reference));
      return set;
    }
    if (tag === "Map") {
      const map = this.#values[index] = new Map();
      const references = entry[1] as number[];
      for (let i = 0; i < references.length; i += 2) map.set(this.get(references[i]!), this.get(references[i + 1]!));
      return map;
    }
    return this.#values[index] = fromText(tag, entry[1] as string, entry[2] as string | undefined);
  }
}

function fromText(tag: string, text: string, flags?: string): unknown {
  switch (tag) {
    case "BigInt":
      return BigInt(text);
    case "URL":
      return new URL(text);
    case "Date":
      return new Date(text);
    case "RegExp":
      return new RegExp(text, flags);
    case "Uint8Array":
      return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  }
  const [, name] = tag.split("Temporal.");
  const temporal: unknown = Reflect.get(globalThis, "Temporal");
  const type = name && (temporal as Record<string, { from(text: string): unknown }> | undefined)?.[name];
  if (!type) throw new TypeError(`Cannot read a value of unknown kind "${tag}"`);
  return type.from(text);
}
