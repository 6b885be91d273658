import { HOLE, INFINITY_NEG, INFINITY_POS, NAN, NULL, UNDEFINED, ZERO_NEG } from "./constants.ts";

/** Replaces values of a kind of one's own, by name; `undefined` leaves a value to the others. */
export type Stringifiers = Record<string, (value: unknown) => { value: unknown } | undefined>;

/** A value that has no meaning outside of this process. */
export class StringifyError extends TypeError {
  /** What was wrong. */
  reason: string;
  /** Where the value lies in the data. */
  path: (string | number)[];

  constructor(reason: string, path: (string | number)[]) {
    super(`Cannot serialize ${path.length === 0 ? "the value" : `"${path.join(".")}"`}: ${reason}`);
    this.name = "StringifyError";
    this.reason = reason;
    this.path = [...path];
  }
}

/**
 * Write data as text that {@linkcode parse} reads back. Beyond JSON it keeps `undefined`, `NaN`, infinities, `-0`,
 * bigints, dates, URLs, regular expressions, bytes, maps, sets, Temporal values, holes, shared references and cycles.
 *
 * The text is a JSON array with one entry per distinct value; entries refer to each other by index.
 */
export function stringify(data: unknown, custom: Stringifiers = {}): string {
  const writer = new Writer(custom);
  const reference = writer.add(data);
  return reference < 0 ? String(reference) : `[${writer.entries.join(",")}]`;
}

class Writer {
  entries: string[] = [];
  #references = new Map<unknown, number>();
  #keys = new Map<string, string>();
  #path: (string | number)[] = [];
  #custom: [string, Stringifiers[string]][];

  constructor(custom: Stringifiers) {
    this.#custom = Object.entries(custom);
  }

  /** Index of the value's entry, or its stand-in. */
  add(value: unknown): number {
    const standIn = toStandIn(value);
    if (standIn !== undefined) return standIn;
    const known = this.#references.get(value);
    if (known !== undefined) return known;

    const index = this.entries.push("") - 1;
    this.#references.set(value, index);
    this.entries[index] = this.#write(value);
    return index;
  }

  #write(value: unknown): string {
    switch (typeof value) {
      case "string":
        return JSON.stringify(value);
      case "number": // what is not finite has a stand-in
      case "boolean":
        return String(value);
      case "bigint":
        return `["BigInt","${value}"]`;
      case "object":
        return this.#writeObject(value as object);
      default:
        throw new StringifyError(`${typeof value}s cannot be serialized`, this.#path);
    }
  }

  #writeObject(value: object): string {
    if (Array.isArray(value)) return this.#writeArray(value);
    for (const [name, toValue] of this.#custom) {
      const replaced = toValue(value);
      if (replaced !== undefined) return `["${name}",${this.add(replaced.value)}]`;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype && !(Symbol.toStringTag in value)) return this.#writeFields(value);
    if (value instanceof URL) return `["URL",${JSON.stringify(value.href)}]`;
    if (value instanceof Date) return `["Date","${isNaN(value.getTime()) ? "Invalid Date" : value.toISOString()}"]`;
    if (value instanceof RegExp) return `["RegExp",${JSON.stringify(value.source)}, "${value.flags}"]`;
    if (value instanceof Uint8Array) return `["Uint8Array","${toBase64(value)}"]`;
    if (value instanceof Set) return `["Set",[${this.#addAll(value)}]]`;
    if (value instanceof Map) return `["Map",[${this.#addAll([...value].flat())}]]`;
    const tag: unknown = Reflect.get(value, Symbol.toStringTag);
    if (typeof tag === "string" && tag.startsWith("Temporal.")) return `["${tag}",${JSON.stringify(String(value))}]`;
    return this.#writeFields(value);
  }

  #addAll(values: Iterable<unknown>): number[] {
    return Array.from(values, (value, index) => this.#addAt(index, value));
  }

  #addAt(key: string | number, value: unknown): number {
    this.#path.push(key);
    const reference = this.add(value);
    this.#path.pop();
    return reference;
  }

  /** Rows have the same keys again and again. */
  #keyText(key: string): string {
    let text = this.#keys.get(key);
    if (text === undefined) this.#keys.set(key, text = JSON.stringify(key));
    return text;
  }

  #writeArray(values: unknown[]): string {
    const references: number[] = [];
    for (let index = 0; index < values.length; index++) {
      references.push(index in values ? this.#addAt(index, values[index]) : HOLE);
    }
    return `[${references.join(",")}]`;
  }

  #writeFields(value: object): string {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      const name = value.constructor?.name || "a class";
      throw new StringifyError(`an instance of ${name} cannot be serialized, only plain objects can`, this.#path);
    }
    const fields = value as Record<string, unknown>;
    let text = "";
    for (const key of Object.keys(value)) {
      text += `${text === "" ? "{" : ","}${this.#keyText(key)}:${this.#addAt(key, fields[key])}`;
    }
    return text === "" ? "{}" : `${text}}`;
  }
}

function toStandIn(value: unknown): number | undefined {
  if (value === undefined) return UNDEFINED;
  if (value === null) return NULL;
  if (typeof value !== "number") return undefined;
  if (Number.isNaN(value)) return NAN;
  if (value === Infinity) return INFINITY_POS;
  if (value === -Infinity) return INFINITY_NEG;
  return Object.is(value, -0) ? ZERO_NEG : undefined;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
