/** Asks what the columns of a file without headers hold: with what stands in each, and what that looks like. Pure. */
import type { Column, Dataset, ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";

/** The answer that leaves a column out. */
export const NO_COLUMN = "none";

/** What the cells of a column look like, and in words. */
type Look = "date" | "money" | "share" | "whole" | "fraction" | "id" | "name" | "text";
const WORDS: Record<Look, string> = {
  date: "dates",
  money: "amounts of money",
  share: "shares in per cent",
  whole: "whole numbers",
  fraction: "numbers with decimals",
  id: "ids",
  name: "names",
  text: "texts",
};

/** One question for each column that holds something and was not answered for this dataset. */
export function unnamedColumns(
  dataset: Dataset,
  profiles: ColumnProfile[],
  answers: Record<string, string>,
): ImportQuestion[] {
  const likely = likelyColumns(dataset, profiles);
  const answered = ({ header }: ColumnProfile) => {
    const answer = answers[`column:${header}`];
    return answer === NO_COLUMN || dataset.columns.some(({ name }) => name === answer);
  };
  return profiles.filter((profile) => profile.filled > 0 && !answered(profile))
    .map((profile) => question(dataset, profile, likely.get(profile.header)));
}

function question(dataset: Dataset, profile: ColumnProfile, likely: string | undefined): ImportQuestion {
  const { header, samples, filled, empty, nothing, distinct } = profile;
  const look = lookOf(profile);
  const place = header.replace("column_", "");
  const examples = samples.slice(0, 4).map((cell) => `"${cell.slice(0, 60)}"`).join(", ");
  const gaps = empty + nothing > 0 ? `; ${(empty + nothing).toLocaleString("en")} are empty` : "";
  const columns = dataset.columns.toSorted((a, b) => fits(b, look, likely) - fits(a, look, likely));
  const choices = columns.map(({ name, title }) => ({ value: name, title, preview: [] }));
  const none = { value: NO_COLUMN, title: "Nothing that is needed: leave it out", preview: [] };
  return {
    id: `column:${header}`,
    kind: "map-column",
    title: `What does column ${place} hold?`,
    detail: `It looks like ${WORDS[look]}: ${examples}${distinct > 4 ? " …" : ""} ` +
      `(${filled.toLocaleString("en")} cells, about ${distinct.toLocaleString("en")} different${gaps})`,
    column: header,
    choices: likely === undefined ? [none, ...choices] : [...choices, none],
  };
}

/** Columns that such cells may be come first, the likely one before all. */
function fits({ name, role, unit, type }: Column, look: Look, likely: string | undefined): number {
  if (name === likely) return 3;
  if (look === "date") return role === "time" ? 2 : role === "dimension" ? 1 : 0;
  if (look === "id" || look === "name" || look === "text") {
    const isId = /(?:^|_)id$|sku|asin/.test(name);
    return role === "dimension" ? (isId === (look === "id") ? 2 : 1) : 0;
  }
  if (role !== "measure") return 0;
  const kind = unit === "currency" ? "money" : unit === "percent" ? "share" : type === "integer" ? "whole" : "fraction";
  return kind === look || (look === "fraction" && kind === "money") ? 2 : 1;
}

function lookOf(profile: ColumnProfile): Look {
  const { filled, dates, numbers, masked, currencies, percents, distinct, samples } = profile;
  if (dates > filled / 2 && numbers.digits < filled) return "date";
  if (dates === filled && samples.every((cell) => /^(?:19|20)\d{6}$/.test(cell))) return "date";
  if (Math.max(numbers.dot, numbers.comma) + masked >= filled * 0.8) {
    if (currencies.length > 0) return "money";
    if (percents > 0) return "share";
    if (numbers.digits < filled) return "fraction";
    return samples.every((cell) => cell.length >= 9) ? "id" : "whole";
  }
  const short = samples.every((cell) => cell.length <= 20 && /\d/.test(cell) && !/\s/.test(cell));
  if (short && distinct > filled * 0.8) return "id";
  return samples.every((cell) => cell.length <= 80) ? "name" : "text";
}

/** What a column most likely is. Nothing is taken for granted: the likely answer only stands first. */
function likelyColumns(dataset: Dataset, profiles: ColumnProfile[]): Map<string, string> {
  const likely = new Map<string, string>();
  const take = (profile: ColumnProfile | undefined, column: Column | undefined) => {
    if (profile && column) likely.set(profile.header, column.name);
  };
  const of = (look: Look) => profiles.filter((profile) => profile.filled > 0 && lookOf(profile) === look);
  const measures = dataset.columns.filter(({ role, additive }) => role === "measure" && additive);
  take(of("date")[0], dataset.columns.find(({ role }) => role === "time"));
  const money = measures.filter(({ unit }) => unit === "currency");
  take(of("money")[0] ?? of("fraction")[0], money[0]);
  // What is seen more often stands before what follows from it.
  const counts = measures.filter(({ type, unit }) => type === "integer" && unit === "count");
  const whole = of("whole").toSorted((a, b) => middle(b) - middle(a));
  for (const [n, profile] of whole.slice(0, 2).entries()) take(profile, counts[n]);
  const names = dataset.columns.filter(({ role, identity, labels }) => role === "dimension" && identity && labels);
  const entity = names.find(({ name }) => name !== "account") ?? names[0];
  take(of("name").find(({ distinct, filled }) => distinct < filled) ?? of("name")[0], entity);
  return likely;
}

function middle({ samples }: ColumnProfile): number {
  const values = samples.map((cell) => Number(cell.replace(/[^\d]/g, ""))).sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
