import assert from "node:assert/strict";
import type { Column } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import { columnNameFor } from "./column_names.ts";
import { decideDates } from "./decide_dates.ts";
import { decideNumbers } from "./decide_numbers.ts";
import { decideAccount, decideCurrency, idsOfNames, namedBefore } from "./decide_origin.ts";

function profile(change: Partial<ColumnProfile>): ColumnProfile {
  const numbers = {
    dot: 0,
    comma: 0,
    either: 0,
    ambiguousDot: 0,
    ambiguousComma: 0,
    ambiguous: [],
    plain: 0,
    digits: 0,
  };
  const counts = {
    wide: false,
    filled: 10,
    empty: 0,
    totals: 0,
    distinct: 10,
    dates: 10,
    percents: 0,
    shortened: 0,
    masked: 0,
    nothing: 0,
    padded: 0,
  };
  return {
    header: "x",
    samples: [],
    dateFormats: {},
    dateOnly: {},
    dateStats: {},
    currencies: [],
    ...counts,
    numbers,
    ...change,
  };
}
const MDY = "%m/%d/%Y";
const DMY = "%d/%m/%Y";

Deno.test("decideDates() decides over the whole column, and asks where it cannot", () => {
  const decide = (dateFormats: Record<string, number>, change: Partial<ColumnProfile> = {}, answer?: string) =>
    decideDates(profile({ dateFormats, ...change }), {}, answer);
  assert.deepEqual(decide({ [MDY]: 10, [DMY]: 4 }).formats, [MDY]);
  assert.deepEqual(decide({ [MDY]: 10, [DMY]: 10 }).question?.choices.map((c) => c.value), [MDY, DMY]);
  assert.deepEqual(decide({ [MDY]: 10, [DMY]: 10 }, {}, DMY).formats, [DMY]);
  // Each order has dates that only it can read: nobody knows what the others mean.
  assert.ok(decide({ [MDY]: 8, [DMY]: 6 }, { dateOnly: { [MDY]: 4, [DMY]: 2 } }).question);
  // Two forms that cannot be mistaken for each other go together.
  assert.deepEqual(
    decide({ "%Y-%m-%d": 6, [DMY]: 4 }, { dateOnly: { "%Y-%m-%d": 6, [DMY]: 4 } }).formats.sort(),
    [
      "%Y-%m-%d",
      DMY,
    ].sort(),
  );
  assert.deepEqual(decide({ [MDY]: 2 }, { dates: 2 }), { formats: [] });
  // One and the same day and month reads alike either way.
  assert.deepEqual(decide({ [MDY]: 10, [DMY]: 10 }, { samples: ["3/3/2026"], distinct: 1 }).formats, [MDY]);
});

Deno.test("decideNumbers() lets any column decide for the file, and asks where none does", () => {
  const column = (type: Column["type"]) => ({ type }) as Column;
  const of = (type: Column["type"], numbers: Partial<ColumnProfile["numbers"]>) => ({
    profile: profile({ numbers: { ...profile({}).numbers, ...numbers } }),
    column: column(type),
  });
  const unclear = of("decimal", { dot: 10, comma: 10, ambiguousDot: 10, ambiguous: ["1.234"] });
  assert.deepEqual(decideNumbers([unclear], undefined).question?.choices.map((c) => c.preview[0]!.read), [
    "1.234",
    "1\u202f234",
  ]);
  assert.equal(decideNumbers([unclear, of("decimal", { comma: 10, either: 0 })], undefined).decimal, ",");
  assert.equal(decideNumbers([unclear, of("integer", { dot: 5, comma: 5, ambiguousDot: 5 })], undefined).decimal, ",");
  assert.equal(decideNumbers([of("decimal", { dot: 10, comma: 4, either: 4 })], undefined).decimal, ".");
  assert.ok(decideNumbers([of("decimal", { dot: 5 }), of("decimal", { comma: 5 })], undefined).question);
});

Deno.test("decideAccount() and decideCurrency() take what is known and ask for the rest", () => {
  const known = [{ platform: "p", account: "a" }, { platform: "q", account: "b" }];
  assert.deepEqual(decideAccount(["p"], known, undefined).account, { from: "constant", value: "a" });
  assert.deepEqual(decideAccount(["z"], known, undefined).account, { from: "constant", value: "main" });
  assert.equal(decideAccount(["p", "q"], known, undefined).question?.id, "account");
  const options = { known: ["EUR"], workspaceDefault: null, answer: undefined };
  const currency = (change: Partial<ColumnProfile>, more = {}) =>
    decideCurrency([profile(change)], { ...options, ...more });
  assert.deepEqual(currency({ header: "Cost (GBP)", currencies: ["$"] }).reading, { from: "constant", value: "GBP" });
  assert.deepEqual(currency({ currencies: ["$"] }).reading, { from: "constant", value: "USD" });
  assert.deepEqual(currency({}, { known: ["XXX"] }).reading, { from: "constant", value: "XXX" });
  assert.deepEqual(currency({}).question?.choices.map((c) => c.value), ["EUR", "XXX"]);
  assert.deepEqual(currency({ currencies: ["$", "€"] }).question?.choices.map((c) => c.value), ["USD", "EUR", "XXX"]);
});

Deno.test("columnNameFor() makes a name of any header", () => {
  assert.equal(columnNameFor("Creative size (px)"), "creative_size_px");
  assert.equal(columnNameFor("2nd Größe"), "nd_gro_e");
  assert.match(columnNameFor("合計"), /^column_/);
});

Deno.test("decideAccount() gives each platform of a file its only account, by id where one is known", () => {
  const known = [{ platform: "p", account: "1", name: "Shop" }, { platform: "q", account: "b" }];
  const { account, accountId, question } = decideAccount(["p", "q", "z"], known, undefined, { perPlatform: true });
  assert.equal(question, undefined);
  assert.deepEqual(account, {
    from: "lookup",
    by: ["platform"],
    rows: [{ when: ["p"], value: "Shop" }, { when: ["q"], value: "b" }],
    otherwise: "main",
  });
  assert.deepEqual(accountId, {
    from: "lookup",
    by: ["platform"],
    rows: [{ when: ["p"], value: "1" }],
    otherwise: null,
  });
  const two = [...known, { platform: "q", account: "c" }];
  assert.equal(decideAccount(["p", "q"], two, undefined, { perPlatform: true }).question?.id, "account");
});

Deno.test("idsOfNames() takes a name for an id only where it is the name of one alone", () => {
  const known = [
    { platform: "p", account: "1", name: "Shop" },
    { platform: "p", account: "2", name: "Twin" },
    { platform: "p", account: "3", name: "Twin" },
    { platform: "q", account: "by name" },
  ];
  assert.deepEqual(idsOfNames(known), {
    from: "lookup",
    by: ["platform", "account"],
    rows: [{ when: ["p", "Shop"], value: "1" }],
    otherwise: null,
  });
  assert.equal(idsOfNames([{ platform: "q", account: "by name" }]), undefined);
});

Deno.test("namedBefore() keeps accounts under the names that their rows have, whatever id comes later", () => {
  const known = [
    { platform: "p", account: "Shop" },
    { platform: "p", account: "123-456", name: "Other" },
    { platform: "p", account: "main" },
    { platform: "p", account: "987" },
  ];
  assert.deepEqual(namedBefore(known, "Account ID"), {
    from: "unless",
    by: ["platform", "account"],
    keys: [["p", "Shop"]],
    header: "Account ID",
  });
  assert.equal(namedBefore(known.slice(1), "Account ID"), undefined);
});
