/** Numbers to text: short in tiles, exact in tables, abbreviated on axes. */
import type { MetricFormat } from "@/lib/model/mod.ts";
import { evenSpaces, knownLocale, once } from "./locale.ts";

/** How a number is written. */
export interface NumberOptions {
  locale: string;
  /** Currency of amounts; without one they are written without a symbol. @default null */
  currency?: string | null;
  /** Every digit that matters, as in tables and on hover. @default false */
  exact?: boolean;
  /** As few digits as an axis needs. @default false */
  compact?: boolean;
  /** With `compact`: the distance between neighbours, which must not read alike. */
  step?: number;
  /** Write the currency, %, × or s. @default true */
  unit?: boolean;
  /** Write + before values above zero. @default false */
  sign?: boolean;
}

/** What stands where there is no value. */
export const NO_VALUE = "–";

const SCALES = [[1e9, "bn"], [1e6, "M"], [1e3, "k"]] as const;

/** A metric's value as text; by default at most four significant digits, as tiles want it. Null is "–". */
export function formatMetric(
  value: number | null | undefined,
  column: MetricFormat | { format: string },
  options: NumberOptions,
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE;
  const format = typeof column === "string" ? column : column.format;
  if (format === "seconds") return formatSeconds(value, options);
  if (format === "percent") return formatPercent(value, options);
  const size = Math.abs(options.exact ? value : Number(value.toPrecision(options.compact ? 3 : 4)));
  if (!options.exact && size >= (options.compact ? 1e3 : 1e4)) return abbreviated(value, size, format, options);
  const digits = format === "ratio" ? ratioDigits(size, options) : fractionDigits(format, size, options);
  return written(value, digits, format, options, "");
}

function abbreviated(value: number, size: number, format: string, options: NumberOptions): string {
  const [scale, suffix] = SCALES.find(([from]) => size >= from) ?? [1, ""];
  const whole = String(Math.trunc(size / scale)).length;
  const max = options.compact && options.step
    ? decimalsOf(options.step / scale)
    : Math.max(0, (options.compact ? 3 : 4) - whole);
  return written(value / scale, { min: 0, max }, format, options, suffix);
}

/** How many decimals tell multiples of a step apart. */
function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 6; decimals++) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return decimals;
  }
  return 6;
}

interface Digits {
  min: number;
  max: number;
}

function fractionDigits(format: string, size: number, options: NumberOptions): Digits {
  if (options.compact && options.step) return { min: 0, max: decimalsOf(options.step) };
  if (options.compact) return { min: 0, max: size < 1 ? 3 : size < 10 ? 2 : 1 };
  if (format === "integer") return { min: 0, max: options.exact ? 2 : 0 };
  if (format === "currency") {
    const own = currencyDigits(options);
    if (size > 0 && size < 1) return { min: own, max: Math.max(own, options.exact ? 4 : 3) };
    return !options.exact && size >= 100 ? { min: 0, max: 0 } : { min: own, max: own };
  }
  if (options.exact) return { min: 2, max: 2 };
  return { min: 0, max: size < 100 ? 2 : size < 1000 ? 1 : 0 };
}

function ratioDigits(size: number, { compact, exact, step }: NumberOptions): Digits {
  if (compact && step) return { min: 0, max: decimalsOf(step) };
  if (compact) return { min: 0, max: 2 };
  return exact || size < 100 ? { min: 2, max: 2 } : { min: 0, max: 0 };
}

function currencyDigits({ locale, currency }: NumberOptions): number {
  if (!isCurrency(currency)) return 2;
  return once(
    `digits ${currency}`,
    () => currencyFormat(locale, currency).resolvedOptions().maximumFractionDigits ?? 2,
  );
}

function isCurrency(currency: string | null | undefined): currency is string {
  // XXX is what amounts without a known currency are stored as.
  return typeof currency === "string" && /^[A-Z]{3}$/.test(currency) && currency !== "XXX";
}

function currencyFormat(locale: string, currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat(knownLocale(locale), { style: "currency", currency });
}

/** The symbol of a currency as the locale writes it ("€", "US$"), or "" for none. */
export function currencySymbol(currency: string | null | undefined, locale: string): string {
  if (!isCurrency(currency)) return "";
  return once(`symbol ${locale} ${currency}`, () => {
    const parts = currencyFormat(locale, currency).formatToParts(1);
    return evenSpaces(parts.find((part) => part.type === "currency")?.value ?? currency);
  });
}

function written(value: number, digits: Digits, format: string, options: NumberOptions, suffix: string): string {
  const { locale, unit = true, sign = false } = options;
  const currency = format === "currency" && unit && isCurrency(options.currency) ? options.currency : null;
  const key = `number ${locale} ${currency} ${digits.min} ${digits.max} ${sign}`;
  const formatter = once(key, () =>
    new Intl.NumberFormat(knownLocale(locale), {
      ...(currency ? { style: "currency", currency } : {}),
      minimumFractionDigits: digits.min,
      maximumFractionDigits: digits.max,
      // "negative" would say the same without -0, but + needs exceptZero.
      signDisplay: sign ? "exceptZero" : "negative",
    }));
  const text = joined(formatter.formatToParts(value), suffix);
  return format === "ratio" && unit ? `${text}×` : text;
}

/** Parts as text with the abbreviation behind the digits ("€214.9k", "214,9 k€") and a true minus sign. */
function joined(parts: Intl.NumberFormatPart[], suffix: string): string {
  const lastDigits = parts.findLastIndex((part) => part.type === "integer" || part.type === "fraction");
  let text = "";
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    if (part.type === "minusSign") text += "−";
    else if (suffix && part.type === "literal" && index === lastDigits + 1) continue; // k€, not k €
    else if (suffix && part.type === "currency" && before?.type === "literal" && index > lastDigits) text += part.value;
    else text += part.value;
    if (suffix && index === lastDigits) {
      const currencyFollows = parts.slice(index).some((later) => later.type === "currency");
      text += currencyFollows ? `\u00a0${suffix}` : suffix;
    }
  }
  return evenSpaces(text);
}

function formatPercent(value: number, options: NumberOptions): string {
  const { locale, exact = false, compact = false, step, unit = true, sign = false } = options;
  const size = Math.abs(value * 100);
  const max = exact
    ? 2
    : compact && step
    ? decimalsOf(step * 100)
    : compact
    ? (size < 1 ? 2 : 1)
    : size < 9.995
    ? 2
    : size < 99.95
    ? 1
    : 0;
  const min = compact ? 0 : max;
  const formatter = once(
    `percent ${locale} ${min} ${max} ${unit} ${sign}`,
    () =>
      new Intl.NumberFormat(knownLocale(locale), {
        style: unit ? "percent" : "decimal",
        minimumFractionDigits: min,
        maximumFractionDigits: max,
        signDisplay: sign ? "exceptZero" : "negative",
      }),
  );
  return joined(formatter.formatToParts(unit ? value : value * 100), "");
}

function formatSeconds(value: number, options: NumberOptions): string {
  const { sign = false, unit = true, exact = false } = options;
  const size = Math.abs(value);
  const mark = value < 0 ? "−" : sign && value > 0 ? "+" : "";
  if (size < 59.5) {
    const digits = size < 10 ? { min: 0, max: exact ? 2 : 1 } : { min: 0, max: exact ? 1 : 0 };
    return `${mark}${written(size, digits, "decimal", { ...options, sign: false }, "")}${unit ? "\u00a0s" : ""}`;
  }
  const whole = Math.round(size);
  const two = (number: number) => String(number).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return mark + (hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`);
}
