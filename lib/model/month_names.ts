/** What months are called in the languages that exports are written in. */

const LOCALES = ["en", "en-GB", "de", "fr", "es", "pt", "it", "nl"];
/** Short forms that exports write beside those of CLDR. */
const ALSO: Readonly<Record<string, number>> = {
  mrz: 3,
  mar: 3,
  maerz: 3,
  abr: 4,
  avr: 4,
  apr: 4,
  mai: 5,
  jun: 6,
  jul: 7,
  aou: 8,
  aug: 8,
  sep: 9,
  sept: 9,
  set: 9,
  okt: 10,
  oct: 10,
  out: 10,
  nov: 11,
  dez: 12,
  dec: 12,
  des: 12,
  dic: 12,
};

/** A month's name as it is compared: without marks and dots, in small letters. */
export function monthKey(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}.]/gu, "").toLowerCase();
}

/** `mai`, `sept`, `marz` → the month's number, from 1. */
export const monthNames: ReadonlyMap<string, number> = new Map([
  ...LOCALES.flatMap((locale) =>
    (["long", "short"] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(locale, { month, timeZone: "UTC" });
      return Array.from(
        { length: 12 },
        (_, n): [string, number] => [monthKey(format.format(Date.UTC(2026, n, 15))), n + 1],
      );
    })
  ),
  ...Object.entries(ALSO),
]);
