/** How a cell would read, for previews in questions. The reading itself is SQL; this shows it. Pure. */
import { monthKey, monthNames } from "@/lib/model/month_names.ts";
import { namedPattern } from "@/lib/staging/read_date.ts";
import { zerosLeftOut } from "@/lib/staging/short_numbers.ts";
import { partsOfRange } from "@/lib/staging/two_days.ts";

const PARTS: Record<string, string> = {
  "%Y": "(?<y>\\d{4})",
  "%y": "(?<y>\\d{2})",
  "%m": "(?<m>\\d{1,2})",
  "%d": "(?<d>\\d{1,2})",
};

/** The day that a cell names under a format, a period's first one; null where it does not fit. */
export function readAs(cell: string, format: string): string | null {
  if (format.startsWith("<") || format.startsWith(">")) {
    const parts = partsOfRange(cell);
    return parts && readAs(parts[format.startsWith("<") ? 0 : 1], format.slice(1));
  }
  const named = namedPattern(format);
  if (named) return readNamed(cell, named, format.split("@")[1]);
  const pattern = format.replace(/[.\\/]/g, "\\$&").replace(/%[a-zA-Z]/g, (part) => PARTS[part] ?? "(?!)");
  const groups = new RegExp(`^${pattern}`).exec(cell.trim())?.groups;
  return groups ? dayOf(yearOf(groups.y!), Number(groups.m), Number(groups.d ?? 1)) : null;
}

function readNamed(
  cell: string,
  { pattern, groups }: { pattern: string; groups: string },
  given?: string,
): string | null {
  const match = new RegExp(`^\\s*${pattern}`, "iu").exec(cell);
  if (!match) return null;
  const part = (name: string): string | undefined =>
    groups.includes(name) ? match[groups.indexOf(name) + 1] : undefined;
  if (groups === "E") return new Date(Date.UTC(1899, 11, 30 + Number(part("E")))).toISOString().slice(0, 10);
  if (groups === "S") return new Date(Number(part("S")) * 1_000).toISOString().slice(0, 10);
  if (groups === "N") {
    const start = Date.parse(`${given}T00:00:00Z`);
    return Number.isNaN(start) ? null : new Date(start + Number(part("N")) * 86_400_000).toISOString().slice(0, 10);
  }
  if (groups.includes("V")) {
    const fourth = new Date(Date.UTC(Number(part("G")), 0, 4));
    const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
    return new Date(monday + (Number(part("V")) - 1) * 7 * 86_400_000).toISOString().slice(0, 10);
  }
  const year = given ?? part("Y") ?? part("y");
  const name = part("b");
  const quarter = part("q");
  const month = quarter ? Number(quarter) * 3 - 2 : name ? monthNames.get(monthKey(name)) : Number(part("m") ?? 1);
  return month ? dayOf(yearOf(year ?? "2024"), month, Number(part("d") ?? 1)) : null;
}

function yearOf(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}

/** The number that a cell names with one decimal sign, as plain text. */
export function readNumberAs(cell: string, decimal: "." | ","): string {
  const digits = cell.replace(decimal === "." ? /[^0-9.\-]/g : /[^0-9,\-]/g, "").replace(",", ".");
  const [whole = "", fraction] = withZeros(digits, zerosLeftOut(cell)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A plain number as it is with so many zeros more. */
function withZeros(digits: string, zeros: number): string {
  if (zeros === 0) return digits;
  const [whole = "", fraction = ""] = digits.split(".");
  const rest = fraction.slice(zeros);
  return whole + fraction.slice(0, zeros).padEnd(zeros, "0") + (rest && `.${rest}`);
}
