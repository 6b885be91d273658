/** What every formatter needs: a locale that Intl knows, formatters made once, and the same text on server and browser. */

const cache = new Map<string, unknown>();

/** The value that `make` gave the first time for this key. Intl objects take 50 µs to make and 1 µs to use. */
export function once<T>(key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known as T; // a key begins with the name of the one place that makes it
  const made = make();
  if (cache.size > 2_000) cache.clear(); // keys come from locales and currencies: a flood of invented ones stays small
  cache.set(key, made);
  return made;
}

/** The locale if Intl knows it, else British English: a stored or sent locale must never break a page. */
export function knownLocale(locale: string): string {
  return once(`locale ${locale}`, () => {
    try {
      return Intl.getCanonicalLocales(locale)[0] ?? "en-GB";
    } catch {
      return "en-GB";
    }
  });
}

/** Versions of ICU differ in which narrow space they write: one kind of no-break space makes texts equal everywhere. */
export function evenSpaces(text: string): string {
  return text.replace(/[\u202f\u2009]/g, "\u00a0");
}
