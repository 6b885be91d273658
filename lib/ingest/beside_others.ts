/** Tables of one file whose rows would take each other's place: the same columns over the same days. Pure. */
import { headerKey, type ImportQuestion } from "@/lib/model/mod.ts";
import type { DecidedTable } from "./clean_parts.ts";
import type { TableBeside, TableRecognition } from "./recognise/mod.ts";
import { nameOf } from "./stage_tables.ts";

/** The question what tells such tables apart. */
export const BESIDE = "beside";

/** A table that stands beside others like it, with their names; null where nothing of it can be mistaken. */
export function besideOthers(table: DecidedTable, tables: readonly DecidedTable[]): TableRecognition | null {
  const shape = shapeOf(table);
  if (shape === null || table.recognition.beside) return null;
  const others = tables.filter((other) => other !== table && shapeOf(other) === shape && overlaps(table, other));
  if (others.length === 0) return null;
  const beside: TableBeside = {
    name: shortName(table.recognition),
    others: others.map(({ recognition }) => shortName(recognition)),
  };
  return { ...table.recognition, beside };
}

/** What rows of two tables must have in common to take each other's place; null where each row says whose it is. */
function shapeOf({ dataset, recognition, decision: { plan, impossible } }: DecidedTable): string | null {
  // Periods side by side are told apart by their days.
  if (impossible || recognition.period) return null;
  const { platform, account, account_id: accountId } = plan.columns;
  if ([platform, account, accountId].some((reading) => reading && reading.from !== "constant")) return null;
  // Tables that say different things of the same names are put together.
  const names = dataset.columns.map(({ name }) => name).filter((name) => plan.columns[name]?.from === "header");
  return JSON.stringify([dataset.id, plan.grain, platform, account, accountId, names]);
}

/** Whether both may speak of the same days; days that are not known yet may be any. */
function overlaps(a: DecidedTable, b: DecidedTable): boolean {
  const [one, other] = [a.decision.range, b.decision.range];
  return !one || !other || (one.from <= other.to && other.from <= one.to);
}

function shortName(recognition: TableRecognition): string {
  return recognition.entry?.replace(/\.(?:csv|tsv|txt)$/i, "") ?? nameOf(recognition).replaceAll('"', "");
}

/** Names under which people keep what a platform says. */
const PLATFORMS: [RegExp, string][] = [
  [/^(?:google|google ads|adwords|sea|google search)$/, "google_ads"],
  [/^(?:meta|meta ads|facebook|facebook ads|fb|fb ads|instagram)$/, "meta_ads"],
  [/^(?:microsoft|microsoft ads|microsoft advertising|bing|bing ads)$/, "microsoft_ads"],
  [/^(?:linkedin|linkedin ads)$/, "linkedin_ads"],
  [/^(?:tiktok|tiktok ads|tik tok)$/, "tiktok_ads"],
  [/^(?:pinterest|pinterest ads)$/, "pinterest"],
  [/^(?:snapchat|snap|snapchat ads)$/, "snapchat"],
  [/^(?:x|x ads|twitter|twitter ads)$/, "x_ads"],
  [/^(?:amazon|amazon ads)$/, "amazon_ads"],
];

/** The platform that a table's name stands for. */
export function platformNamed(name: string): string {
  const key = headerKey(name);
  return PLATFORMS.find(([pattern]) => pattern.test(key))?.[1] ?? (key.replace(/[^\p{L}\p{N}]+/gu, "_") || "other");
}

/** Asks what tells tables apart that hold the same names over the same days. */
export function besideQuestion({ name, others }: TableBeside, own: boolean): ImportQuestion {
  const names = [name, ...others].sort();
  const shown = names.slice(0, 4).map((text) => `"${text}"`).join(", ") + (names.length > 4 ? " …" : "");
  const preview = (read: (text: string) => string) => names.slice(0, 3).map((raw) => ({ raw, read: read(raw) }));
  return {
    id: BESIDE,
    kind: "account",
    title: "What tells these tables apart?",
    detail: `${shown} have the same columns for the same days. Taken as one, a row of the later table would take the ` +
      "place of a row with the same names in the earlier one",
    choices: [
      // Where the report says whose it is, its tables are of several accounts.
      ...own ? [] : [{ value: "platform", title: "Their names are platforms", preview: preview(platformNamed) }],
      { value: "account", title: "Their names are accounts", preview: preview((text) => text) },
      { value: "nothing", title: "Nothing: later rows replace earlier ones", preview: [] },
    ],
  };
}
