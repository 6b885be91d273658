/** What a URL says of where a visit came from and went. Pure. */

/** Parts of a URL that may be columns of their own. */
export const URL_PARTS = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_content",
  "utm_term",
  "host",
  "path",
] as const;
/** A part of a URL. */
export type UrlPart = typeof URL_PARTS[number];

/** A part as a regular expression whose first group it is; for JavaScript with the flag `i`, and for the engine. */
export function urlPartExpression(part: UrlPart): string {
  if (part === "host") return "^(?:[a-z][a-z0-9+.-]*:)?\\/\\/(?:[^\\/?#@]*@)?([^\\/?#:]+)";
  if (part === "path") return "^(?:(?:[a-z][a-z0-9+.-]*:)?\\/\\/[^\\/?#]*)?(\\/[^?#]*)";
  return `[?&]${part}=([^&#]*)`;
}

/** True for parts of the query, which are percent-encoded. */
export function isEncoded(part: UrlPart): boolean {
  return part !== "host";
}
