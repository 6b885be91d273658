import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "./parse.ts";
import { stringify, StringifyError } from "./stringify.ts";

const inner = { foo: 123 };
const circular: Record<string, unknown> = { a: 1 };
circular.b = circular;

// The format is the one that Fresh documents by its own tests.
const CASES: [unknown, string][] = [
  [undefined, "-1"],
  [null, "-2"],
  [NaN, "-3"],
  [Infinity, "-4"],
  [-Infinity, "-5"],
  [-0, "-6"],
  [0, "[0]"],
  [-2, "[-2]"],
  [true, "[true]"],
  ["abc", '["abc"]'],
  [-1n, '[["BigInt","-1"]]'],
  [[1, 2, 3], "[[1,2,3],1,2,3]"],
  [[null, undefined, -2], "[[-2,-1,1],-2]"],
  [{ a: 1, b: null, c: -2 }, '[{"a":1,"b":-2,"c":2},1,-2]'],
  [new Uint8Array([1, 2, 3]), '[["Uint8Array","AQID"]]'],
  [new URL("https://fresh.deno.dev"), '[["URL","https://fresh.deno.dev/"]]'],
  [new Date("1990-05-31"), '[["Date","1990-05-31T00:00:00.000Z"]]'],
  [new Date(NaN), '[["Date","Invalid Date"]]'],
  [new Map([[1, null], [undefined, -2]]), '[["Map",[1,-2,-1,2]],1,-2]'],
  [new Set([1, 2, null, -2, NaN]), '[["Set",[1,2,-2,3,-3]],1,2,-2]'],
  [/foo["]/g, '[["RegExp","foo[\\"]", "g"]]'],
  [{ a: inner, b: [inner, inner] }, '[{"a":1,"b":3},{"foo":2},123,[1,1]]'],
  [circular, '[{"a":1,"b":0},1]'],
  // deno-lint-ignore no-sparse-arrays -- holes are what this is about
  [[1, , 3], "[[1,-7,2],1,3]"],
];

for (const [value, text] of CASES) {
  Deno.test(`stringify() and parse() keep ${text}`, () => {
    assert.equal(stringify(value), text);
    assert.deepEqual(parse(text), value);
  });
}

Deno.test("stringify() and parse() keep Temporal values and part of a buffer", () => {
  const value = {
    day: Temporal.PlainDate.from("2026-01-31"),
    at: Temporal.Instant.from("2026-01-31T12:00:00Z"),
    bytes: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  };
  const copy = parse<typeof value>(stringify(value));
  assert.ok(copy.day.equals(value.day));
  assert.ok(copy.at.equals(value.at));
  assert.deepEqual(copy.bytes, new Uint8Array([2, 3]));
});

Deno.test("stringify() and parse() keep cycles and shared values", () => {
  const map = new Map<string, unknown>();
  map.set("self", map).set("list", [inner, inner]);
  const copy = parse<typeof map>(stringify(map));
  assert.equal(copy.get("self"), copy);
  const list = copy.get("list") as unknown[];
  assert.equal(list[0], list[1]);
});

Deno.test("stringify() says where the value lies that it can't write", () => {
  class Money {}
  const cases: [unknown, string, RegExp][] = [
    [{ a: { b: () => {} } }, "a.b", /functions cannot be serialized/],
    [[1, Symbol("x")], "1", /symbols cannot be serialized/],
    [{ price: new Money() }, "price", /an instance of Money cannot be serialized/],
    [{ later: Promise.resolve() }, "later", /an instance of Promise cannot be serialized/],
    [new Map([["key", new Error("x")]]), "1", /an instance of Error/],
  ];
  for (const [value, path, reason] of cases) {
    assert.throws(() => stringify(value), (error: unknown) => {
      assert.ok(error instanceof StringifyError);
      assert.equal(error.path.join("."), path);
      assert.match(error.reason, reason);
      return true;
    });
  }
});

Deno.test("stringify() takes objects without prototype, parse() never changes one", () => {
  assert.equal(stringify(Object.assign(Object.create(null), { a: 1 })), '[{"a":1},1]');
  const copy = parse<Record<string, unknown>>('[{"__proto__":1},{"polluted":2},true]');
  assert.equal((copy as { polluted?: unknown }).polluted, undefined);
  assert.equal(Object.getPrototypeOf(copy), Object.prototype);
});

Deno.test("stringify() and parse() use parsers of one's own", () => {
  class Money {
    constructor(readonly cents: number) {}
  }
  const text = stringify([new Money(5)], { Money: (v) => v instanceof Money ? { value: v.cents } : undefined });
  const [money] = parse<[Money]>(text, { Money: (cents: number) => new Money(cents) });
  assert.equal(money.cents, 5);
  assert.throws(() => parse('[["Nonsense","x"]]'), /unknown kind "Nonsense"/);
});

Deno.test("parse() reads back whatever stringify() wrote", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
  });
  fc.assert(fc.property(anything, (value) => {
    let text: string;
    try {
      text = stringify(value);
    } catch (error) {
      // Boxed values are class instances; they are refused, not changed.
      fc.pre(!(error instanceof StringifyError));
      throw error;
    }
    assert.deepEqual(parse(text), withPlainPrototypes(value));
  }));
});

/** What has no prototype is read back as a plain object. */
function withPlainPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) {
    const copy = new Array(value.length);
    value.forEach((item, i) => copy[i] = withPlainPrototypes(item));
    return copy;
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [withPlainPrototypes(key), withPlainPrototypes(item)]));
  }
  if (value instanceof Set) return new Set([...value].map(withPlainPrototypes));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const copy = {};
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: withPlainPrototypes(item),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copy;
}
