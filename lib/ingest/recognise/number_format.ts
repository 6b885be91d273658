/** How a workbook shows numbers, as far as it changes what they are: days, shares, money. Pure. */

/** What a format makes of a number. */
export interface NumberShape {
  kind: "plain" | "day" | "moment" | "time" | "percent";
  /** The mark before an amount of money; "" without one. */
  currency: string;
}

const PLAIN: NumberShape = { kind: "plain", currency: "" };
const DAY_MS = 86_400_000;

/** The shape that a format code, or the number of a built-in format, stands for. */
export function numberShape(id: number, code: string | undefined): NumberShape {
  if (code === undefined) {
    if (id === 9 || id === 10) return { kind: "percent", currency: "" };
    if (id === 22) return { kind: "moment", currency: "" };
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) {
      return { kind: "day", currency: "" };
    }
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return { kind: "time", currency: "" };
    return PLAIN;
  }
  const [first = ""] = code.split(";");
  const currency = /\[\$([^\]-]+)/.exec(first)?.[1] ?? /[$€£¥₹]/.exec(first)?.[0] ?? "";
  const signs = first.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, "");
  if (signs.includes("%")) return { kind: "percent", currency: "" };
  const day = /[yd]/i.test(signs);
  const time = /h|s/i.test(signs.replace(/general/i, ""));
  if (day && time) return { kind: "moment", currency: "" };
  if (day || /^m+$/i.test(signs.trim())) return { kind: "day", currency: "" };
  if (time && !/[0#]\.?[0#]/.test(signs.replace(/s\.0+/i, ""))) return { kind: "time", currency: "" };
  return { kind: "plain", currency: currency.trim() };
}

/** A stored number as text: exact, without an exponent; days as ISO, shares with `%`, money with its mark. */
export function numberText(raw: string, { kind, currency }: NumberShape, date1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  if (kind === "day" || kind === "moment" || kind === "time") {
    return momentText(value, kind, date1904) ?? plainNumber(value);
  }
  if (kind === "percent") return `${shifted(plainNumber(value), 2)}%`;
  const plain = plainNumber(value);
  return currency === "" ? plain : plain.startsWith("-") ? `-${currency}${plain.slice(1)}` : `${currency}${plain}`;
}

function momentText(value: number, kind: "day" | "moment" | "time", date1904: boolean): string | null {
  if (value < 0 || value > 2_958_465.999_999) return null;
  // Day 60 of the older calendar is a 29 February 1900 that never was.
  const days = date1904 ? value + 1_462 : value < 60 ? value + 1 : value;
  const milliseconds = Math.round(days * 86_400) * 1_000;
  const iso = new Date(Date.UTC(1899, 11, 30) + milliseconds).toISOString();
  if (value < 1 && kind === "time") return iso.slice(11, 19);
  const whole = milliseconds % DAY_MS === 0;
  return whole && kind !== "time" ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** The shortest digits that are this number, without an exponent. */
function plainNumber(value: number): string {
  const text = String(value);
  const [mantissa = "", exponent] = text.split("e");
  return exponent === undefined ? text : shifted(mantissa, Number(exponent));
}

/** Moves the decimal point; exact, since it works on digits. */
function shifted(number: string, places: number): string {
  const sign = number.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = number.slice(sign.length).split(".");
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = Math.max(1, point);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const right = padded.slice(at).replace(/0+$/, "");
  return sign + left + (right === "" ? "" : `.${right}`);
}
