/** How the corpus writes numbers and days in each language. */
import { type LanguageCode, languages } from "@/lib/model/languages/mod.ts";
import type { Source } from "@/lib/source/mod.ts";

/** Decimal sign and grouping. */
export const NUMBERS: Record<LanguageCode, { decimal: "." | ","; group: string }> = {
  en: { decimal: ".", group: "," },
  de: { decimal: ",", group: "." },
  fr: { decimal: ",", group: "\u202f" },
  es: { decimal: ",", group: "." },
  pt: { decimal: ",", group: "." },
  it: { decimal: ",", group: "." },
  nl: { decimal: ",", group: "." },
  ja: { decimal: ".", group: "," },
};

const TAGS: Record<LanguageCode, string> = {
  en: "en-US",
  de: "de-DE",
  fr: "fr-FR",
  es: "es-ES",
  pt: "pt-BR",
  it: "it-IT",
  nl: "nl-NL",
  ja: "ja-JP",
};

/** A whole number or one with decimals, grouped as the language groups. */
export function writeNumber(value: number, decimals: number, code: LanguageCode): string {
  const { decimal, group } = NUMBERS[code];
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, group);
  return `${value < 0 ? "-" : ""}${grouped}${fraction ? decimal + fraction : ""}`;
}

/** How a platform writes days. */
export type DateStyle = "iso" | "compact" | "slashes" | "dots" | "medium" | "long";

/** A day as the language writes it. */
export function writeDay(day: Date, style: DateStyle, code: LanguageCode): string {
  const iso = day.toISOString().slice(0, 10);
  const [y, m, d] = iso.split("-") as [string, string, string];
  if (style === "iso") return iso;
  if (style === "compact") return iso.replaceAll("-", "");
  if (style === "dots") return `${d}.${m}.${y}`;
  if (style === "slashes") {
    if (code === "en") return `${Number(m)}/${Number(d)}/${y}`;
    return code === "ja" ? `${y}/${m}/${d}` : `${d}/${m}/${y}`;
  }
  const month = style === "long" ? "long" : "short";
  return new Intl.DateTimeFormat(TAGS[code], { year: "numeric", month, day: "numeric", timeZone: "UTC" }).format(day);
}

/** What a header is called: the platform's own word, else the language's. `turn` takes each of several in turn. */
export function translate(header: string, source: Source, code: LanguageCode, turn: number): string {
  if (code === "en") return header;
  const words = source.labels?.[code]?.[header] ?? languages.find((l) => l.code === code)!.headers[header];
  return words?.[turn % words.length] ?? header;
}

/** What a total line is called. */
export const TOTAL: Record<LanguageCode, string> = {
  en: "Total",
  de: "Gesamt",
  fr: "Total",
  es: "Total",
  pt: "Total",
  it: "Totale",
  nl: "Totaal",
  ja: "合計",
};
