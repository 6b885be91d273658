/**
 * Where to go next: a path of this site, or `/`. Another origin, or one hidden behind `//` or `/\`, encoded or not,
 * would make the address that asked for it an open redirect.
 */
export function placeHere(wanted: FormDataEntryValue | null, origin: string): string {
  const url = URL.parse(String(wanted ?? "/"), origin);
  if (url?.origin !== origin || /^\/(%2f|%5c)/i.test(url.pathname)) return "/";
  return url.pathname.replace(/^\/+/, "/") + url.search;
}
