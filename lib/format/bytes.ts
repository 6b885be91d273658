const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A file's size as people say it: "214 kB". */
export function formatBytes(bytes: number, locale: string): string {
  let power = 0;
  while (power < UNITS.length - 1 && bytes / 1000 ** power >= 999.5) power++;
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}
