import assert from "node:assert/strict";
import fc from "fast-check";
import type { PhonePlace } from "./dashboard.ts";
import {
  phoneAdjusted,
  phoneDerived,
  phoneLayout,
  phoneOrder,
  phoneOrdered,
  phonePlaces,
  phoneSize,
} from "./phone_layout.ts";
import { overlap, readingOrder } from "./tile_layout.ts";

type Tile = { id: string; widget: string; place: { x: number; y: number; w: number; h: number }; phone?: PhonePlace };

const tile = (id: string, x: number, y: number, w: number, phone?: PhonePlace): Tile => ({
  id,
  widget: "kpi",
  place: { x, y, w, h: 2 },
  ...phone ? { phone } : {},
});
const board = [tile("a", 0, 0, 3), tile("b", 3, 0, 3), tile("c", 6, 0, 6), tile("d", 0, 2, 12)];
const idsOf = (tiles: { id: string }[]) => tiles.map(({ id }) => id).join("");

/** The tiles with what a command would write on them. */
function told(tiles: Tile[], phones: Record<string, PhonePlace | null>): Tile[] {
  return tiles.map(({ phone, ...rest }) => {
    const now = Object.hasOwn(phones, rest.id) ? phones[rest.id] ?? undefined : phone;
    return now ? { ...rest, phone: now } : rest;
  });
}

const phone = fc.record({
  order: fc.integer({ min: -2, max: 9 }),
  hidden: fc.boolean(),
  w: fc.integer({ min: 1, max: 2 }),
  h: fc.integer({ min: 1, max: 6 }),
}, { requiredKeys: [] });
const tiles = fc.array(
  fc.record({
    place: fc.record({
      x: fc.nat(11),
      y: fc.nat(20),
      w: fc.integer({ min: 1, max: 12 }),
      h: fc.integer({ min: 1, max: 6 }),
    }),
    widget: fc.constantFrom("kpi", "section"),
    phone: fc.option(phone, { nil: undefined }),
  }),
  { maxLength: 10 },
).map((list): Tile[] =>
  list.map(({ phone, ...rest }, index) => ({ id: String.fromCharCode(97 + index), ...rest, ...phone ? { phone } : {} }))
);

Deno.test("phonePlaces() derives two columns in reading order: narrow tiles in pairs, the others across", () => {
  assert.deepEqual(Object.fromEntries(phonePlaces(board)), {
    a: { x: 0, y: 0, w: 1, h: 2 },
    b: { x: 1, y: 0, w: 1, h: 2 },
    c: { x: 0, y: 2, w: 2, h: 2 },
    d: { x: 0, y: 4, w: 2, h: 2 },
  });
});

Deno.test("phoneLayout() leaves out what is hidden, and reads in the order that the tiles say", () => {
  const adjusted = [
    tile("a", 0, 0, 3, { hidden: true }),
    tile("b", 3, 0, 3, { order: 2, w: 2 }),
    tile("c", 6, 0, 6, { order: 1, w: 1, h: 5 }),
    tile("d", 0, 2, 12), // follows c, which it is read after
  ];
  const shown = phoneLayout(adjusted);
  assert.equal(idsOf(shown), "cdb");
  assert.deepEqual(shown[0]!.place, { x: 0, y: 0, w: 3, h: 5 });
  assert.equal(idsOf(readingOrder(shown)), "cdb");
});

Deno.test("phonePlaces() lets no tile lie on another, and phoneLayout() reads as phoneOrder() says", () => {
  fc.assert(fc.property(tiles, (some) => {
    const places = [...phonePlaces(some).values()];
    places.forEach((one, index) => {
      for (const other of places.slice(index + 1)) assert.ok(!overlap(one, other));
    });
    const shown = phoneOrder(some).filter(({ phone }) => !phone?.hidden);
    assert.equal(idsOf(readingOrder(phoneLayout(some))), idsOf(shown));
  }));
});

Deno.test("phoneOrdered() brings any order about, keeps sizes, and says nothing where the derived order is wanted", () => {
  fc.assert(fc.property(tiles, fc.infiniteStream(fc.nat()), (some, random) => {
    const shown = phoneOrder(some).filter(({ phone }) => !phone?.hidden).map(({ id }) => id);
    const keys = new Map(shown.map((id) => [id, random.next().value]));
    const wanted = shown.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
    const after = told(some, phoneOrdered(some, wanted));
    assert.deepEqual(phoneOrder(after).filter(({ phone }) => !phone?.hidden).map(({ id }) => id), wanted);
    assert.deepEqual(after.map(phoneSize), some.map(phoneSize));
    const back = told(after, phoneDerived(after));
    assert.ok(back.every(({ phone }) => phone === undefined));
  }));
  const moved = told(board, phoneOrdered(board, ["b", "a", "c", "d"]));
  assert.ok(moved.every(({ phone }) => phone !== undefined));
  assert.deepEqual(told(moved, phoneOrdered(moved, ["a", "b", "c", "d"])), board);
});

Deno.test("phoneAdjusted() keeps only what is not as derived", () => {
  const [a] = board;
  assert.deepEqual(phoneAdjusted(a!, { w: 2, h: 3 }), { w: 2, h: 3 });
  assert.deepEqual(phoneAdjusted({ ...a!, phone: { w: 2, h: 3, order: 4 } }, { w: 1 }), { order: 4, h: 3 });
  assert.deepEqual(phoneAdjusted({ ...a!, phone: { hidden: true } }, { hidden: false }), null);
  assert.deepEqual(phoneAdjusted(a!, { w: 9, h: 99 }), { w: 2, h: 40 });
});
