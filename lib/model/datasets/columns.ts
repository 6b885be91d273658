/** Short ways to write columns of the built-in datasets. */
import type { Column, DatasetInput } from "../dataset.ts";
import type { UrlPart } from "../url_part.ts";

type ColumnInput = DatasetInput["columns"][number];
type Extra = Partial<Omit<Column, "name" | "title" | "role" | "synonyms">>;

/** The time column. */
export function time(synonyms: string[]): ColumnInput {
  return { name: "date", title: "Date", role: "time", type: "date", required: true, synonyms };
}

/** A text column that separates rows: part of level and key. */
export function identity(name: string, title: string, synonyms: string[] = [], extra: Extra = {}): ColumnInput {
  return { name, title, role: "dimension", type: "text", identity: true, synonyms, ...extra };
}

/** A text column that describes its row and is no part of the key. */
export function attribute(name: string, title: string, synonyms: string[] = [], extra: Extra = {}): ColumnInput {
  return { name, title, role: "dimension", type: "text", synonyms, ...extra };
}

/** A whole number that adds up. */
export function count(name: string, title: string, synonyms: string[] = [], extra: Extra = {}): ColumnInput {
  return { name, title, role: "measure", type: "integer", unit: "count", min: 0, synonyms, ...extra };
}

/** A number with fractions that adds up. */
export function fraction(name: string, title: string, synonyms: string[] = [], extra: Extra = {}): ColumnInput {
  return { name, title, role: "measure", type: "decimal", unit: "count", synonyms, ...extra };
}

/** An amount in the row's own currency. Refunds and credits make it negative now and then. */
export function money(name: string, title: string, synonyms: string[] = [], extra: Extra = {}): ColumnInput {
  return { name, title, role: "measure", type: "decimal", unit: "currency", synonyms, ...extra };
}

/** A number that must not be added: reach, frequency, shares, averages. */
export function notAdditive(name: string, title: string, synonyms: string[] = [], extra: Extra = {}): ColumnInput {
  return { name, title, role: "measure", type: "decimal", unit: "ratio", additive: false, synonyms, ...extra };
}

/** Platform and account: in every key, never part of a level. */
export function origin(accountIds: string[], accounts: string[]): ColumnInput[] {
  return [
    identity("platform", "Platform", ["Publisher platform", "Ad platform", "Media source", "Media source (pid)"]),
    identity("account_id", "Account ID", accountIds),
    identity("account", "Account", accounts, { labels: "account_id" }),
  ];
}

/** What a URL says of where its visitors come from: columns that a file brings itself, or that its URLs are taken apart into. */
export function urlParts(of: string): ColumnInput[] {
  const utm = (name: string, is: UrlPart) => attribute(`utm_${name}`, `UTM ${name}`, [], { part: { of, is } });
  return [
    utm("source", "utm_source"),
    utm("medium", "utm_medium"),
    utm("campaign", "utm_campaign"),
    utm("content", "utm_content"),
    utm("term", "utm_term"),
    attribute("url_host", "URL host", [], { part: { of, is: "host" } }),
    attribute("url_path", "URL path", [], { part: { of, is: "path" } }),
  ];
}

/** The currency of the row's amounts. */
export function currency(): ColumnInput {
  return attribute("currency", "Currency", [
    "Currency code",
    "Account currency",
    "Advertiser currency",
    "Currency Code (ISO)",
  ]);
}
