import assert from "node:assert/strict";
import fc from "fast-check";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { numberExpression, type NumberReading } from "./read_number.ts";

async function read(texts: string[], reading: NumberReading): Promise<(bigint | null)[]> {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  try {
    const rows = await duck.rows(
      `select ${numberExpression("x", reading)} as n from (select unnest(from_json($1, '["VARCHAR"]')) as x)`,
      [JSON.stringify(texts)],
    );
    return rows.map(({ n }) => n === null ? null : BigInt(n as bigint | number));
  } finally {
    await duck.close();
  }
}

/** A plain number times 10⁶, rounded half away from zero. */
function micros(text: string): bigint {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text)!;
  const digits = BigInt(whole! + fraction.padEnd(7, "0").slice(0, 7));
  const rounded = (digits + 5n) / 10n;
  return sign ? -rounded : rounded;
}

const MONEY: NumberReading = { decimal: ".", scale: 6, divisor: 1 };

Deno.test("numberExpression() reads every plain amount exactly, large and tiny ones too", async () => {
  const digits = (least: number, most: number) =>
    fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`), { size: "max" });
  const number = fc.tuple(fc.constantFrom("", "-"), digits(1, 12), fc.constantFrom("", "."), digits(0, 9))
    .map(([sign, whole, point, fraction]) => sign + whole + (point && `.${fraction}`));
  const edges = ["999999.9999995", "-999999.9999995", "1000000", "999999999999.999999", "0.0000005", "0.00000049999"];
  const texts = [...edges, ...fc.sample(number, 3_000)];
  for (const cells of ["plain", undefined] as const) {
    const made = await read(texts, { ...MONEY, cells });
    assert.deepEqual(made.map((n, i) => [texts[i], n]), texts.map((text) => [text, micros(text)]));
  }
});

Deno.test("numberExpression() reads exponents, and rounds what is less than half of the last digit to nothing", async () => {
  const texts = ["1e3", "1.5E-2", "5e-7", "6e-8", "-6e-8", "1e-6", "x"];
  const expected = [1_000_000_000n, 15_000n, 1n, 0n, 0n, 1n, null];
  assert.deepEqual(await read(texts, { ...MONEY, cells: "plain" }), expected);
});

Deno.test("numberExpression() reads shortened numbers with the zeros they leave out, in either style", async () => {
  const dot = [
    "1.2K",
    "$3.45M",
    "2k",
    "1.5B",
    "12 K",
    "-1.2K",
    "5万",
    "1.2億",
    "1,234.5K",
    "1.2KB",
    "12 Kč",
    "1.2Kg",
    "3M impressions",
  ];
  const read6 = await read(dot, MONEY);
  const million = (n: number) => BigInt(Math.round(n * 1e6));
  assert.deepEqual(read6, [
    million(1_200),
    million(3_450_000),
    million(2_000),
    million(1.5e9),
    million(12_000),
    million(-1_200),
    million(50_000),
    million(120_000_000),
    million(1_234_500),
    null,
    million(12),
    null,
    null,
  ]);
  const comma = ["1,2 Tsd.", "3,4 Mio. €", "2 Mrd.", "1.234,5 Tsd"];
  assert.deepEqual(
    await read(comma, { ...MONEY, decimal: "," }),
    [1_200, 3_400_000, 2e9, 1_234_500].map(million),
  );
  const whole: NumberReading = { decimal: ".", scale: 0, divisor: 1 };
  assert.deepEqual(await read(["1.2K", "3M", "1,204", "1.5", "950"], whole), [1_200n, 3_000_000n, 1_204n, null, 950n]);
});
