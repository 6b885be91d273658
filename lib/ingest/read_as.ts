/** How a cell would read, for previews in questions. The reading itself is SQL; this shows it. Pure. */

const PARTS: Record<string, string> = {
  "%Y": "(?<y>\\d{4})",
  "%y": "(?<y>\\d{2})",
  "%m": "(?<m>\\d{1,2})",
  "%d": "(?<d>\\d{1,2})",
};

/** The day that a cell names under a numeric format; null where it does not fit. */
export function readAs(cell: string, format: string): string | null {
  const pattern = format.replace(/[.\\/]/g, "\\$&").replace(/%[a-zA-Z]/g, (part) => PARTS[part] ?? "(?!)");
  const groups = new RegExp(`^${pattern}`).exec(cell.trim())?.groups;
  if (!groups) return null;
  const year = groups.y!.length === 2 ? 2000 + Number(groups.y) : Number(groups.y);
  const date = new Date(Date.UTC(year, Number(groups.m) - 1, Number(groups.d ?? 1)));
  return date.getUTCMonth() === Number(groups.m) - 1 ? date.toISOString().slice(0, 10) : null;
}

/** The number that a cell names with one decimal sign, as plain text. */
export function readNumberAs(cell: string, decimal: "." | ","): string {
  const digits = cell.replace(decimal === "." ? /[^0-9.\-]/g : /[^0-9,\-]/g, "").replace(",", ".");
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
