import assert from "node:assert/strict";
import { currencySymbol, formatMetric } from "./numbers.ts";

const en = { locale: "en-GB", currency: "EUR" };
const de = { locale: "de-DE", currency: "EUR" };

const cases: [number | null | undefined, string, Record<string, unknown>, string][] = [
  [214_936.12, "currency", en, "€214.9k"],
  [214_936.12, "currency", { ...en, exact: true }, "€214,936.12"],
  [214_936.12, "currency", de, "214,9 k€"],
  [214_936.12, "currency", { ...de, exact: true }, "214.936,12 €"],
  [60_000, "currency", { ...en, compact: true }, "€60k"],
  [60_000, "currency", { ...en, compact: true, unit: false }, "60k"],
  [9.84, "currency", en, "€9.84"],
  [9.8, "currency", en, "€9.80"],
  [0.0345, "currency", en, "€0.035"],
  [0.0345, "currency", { ...en, exact: true }, "€0.0345"],
  [214.5, "currency", en, "€215"],
  [-1_234_567, "currency", en, "−€1.235M"],
  [1500, "currency", { locale: "en-GB", currency: "JPY", exact: true }, "JP¥1,500"],
  [12.5, "currency", { locale: "en-GB", currency: "XXX" }, "12.50"],
  [12.5, "currency", { locale: "en-GB", currency: null }, "12.50"],
  [9_999, "integer", en, "9,999"],
  [12_480, "integer", en, "12.48k"],
  [999_960, "integer", en, "1M"],
  [2_345_678_901, "integer", en, "2.346bn"],
  [12.5, "decimal", en, "12.5"],
  [12.5, "decimal", { ...en, exact: true }, "12.50"],
  [0.0312, "percent", en, "3.12%"],
  [0.0312, "percent", { ...en, compact: true }, "3.1%"],
  [0.5, "percent", en, "50.0%"],
  [1.2, "percent", en, "120%"],
  [3.8, "ratio", en, "3.80×"],
  [6, "ratio", { ...en, compact: true }, "6×"],
  [3.8, "ratio", { ...en, unit: false, exact: true }, "3.80"],
  [0.0245, "percent", { ...en, compact: true, step: 0.0005 }, "2.45%"],
  [1_250, "currency", { ...en, compact: true, step: 250 }, "€1.25k"],
  [8.25, "seconds", en, "8.3 s"],
  [83, "seconds", en, "1:23"],
  [3_723, "seconds", en, "1:02:03"],
  [-0.001, "integer", en, "0"],
  [null, "integer", en, "–"],
  [undefined, "currency", en, "–"],
  [NaN, "ratio", en, "–"],
  [1_234.5, "integer", { locale: "not a locale" }, "1,235"],
  [1_234_567, "integer", { locale: "fr-FR", exact: true }, "1 234 567"],
];

Deno.test("formatMetric() writes short in tiles, exact in tables, in the reader's locale", () => {
  for (const [value, format, options, expected] of cases) {
    const text = formatMetric(value, { format }, options as { locale: string });
    assert.equal(text, expected.replaceAll(" ", "\u00a0"), `${value} ${format} ${JSON.stringify(options)}`);
  }
});

Deno.test("formatMetric() shows at most four significant digits by default", () => {
  for (const format of ["integer", "currency", "decimal", "ratio", "percent"]) {
    for (let value = 0.000_123_456; value < 1e12; value *= 3.7) {
      const digits = formatMetric(value, { format }, en).replace(/\D/g, "").replace(/^0+/, "");
      assert.ok(digits.length <= 4 || format === "percent" && value > 99, `${value} as ${format} has "${digits}"`);
    }
  }
});

Deno.test("currencySymbol() is what the locale writes, and nothing for an unknown currency", () => {
  assert.equal(currencySymbol("EUR", "en-GB"), "€");
  assert.equal(currencySymbol("XXX", "en-GB"), "");
  assert.equal(currencySymbol(null, "en-GB"), "");
});
