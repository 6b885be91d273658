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
