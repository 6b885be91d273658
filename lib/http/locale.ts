/**
 * The locale a reader sees numbers and dates in: English words, written as the reader's region writes them
 * (`de-AT` → `en-AT`: 1.234,5 and 22 Nov). British English where nothing is said or known.
 */
export function readLocale(request: Request): string {
  const first = request.headers.get("accept-language")?.split(",")[0]?.split(";")[0]?.trim();
  if (!first || first === "*") return "en-GB";
  try {
    const { region } = new Intl.Locale(first).maximize();
    return region && /^[A-Z]{2}$/.test(region) ? `en-${region}` : "en-GB";
  } catch {
    return "en-GB"; // whatever a client sends, a page comes
  }
}
