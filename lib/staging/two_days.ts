/**
 * Cells that name two days: `2026-09-01 - 2026-09-30`, `Sep 1 – 30, 2026`. Once in TypeScript, to see what a sample looks
 * like, and once as SQL, step by step the same.
 */
import { literal } from "./names.ts";

/** Both days of one form with a sign between them that stands in dates too: blanks are put around it. */
const CLOSE = ["[12][0-9]{7}", "[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}", "[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}"]
  .map((day) => [`^\\s*(${day})(?:-|/|\\.\\.|,)(${day})\\s*$`, day] as const);
const TWO_DAYS = "^\\s*(.*?[^\\s-])(?:\\s+[-–—]\\s+|\\s*[–—~～〜]\\s*|\\s+(?:to|bis|au|al|até|a|tot|t/m)\\s+)(\\S.*)$";
const YEAR = "(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)";
/** A day's number alone, with a dot or without: its month stands in the other part. */
const ALONE = "^([0-3]?[0-9])(?:\\.|st|nd|rd|th)?$";
const AFTER_DAY = "^[0-3]?[0-9](?:\\.|st|nd|rd|th)?\\s+(\\p{L}.*)$";
/** `Sep 1 – 30, 2026`: the last day alone, and a year. */
const DAY_YEAR = "^([0-3]?[0-9])(?:st|nd|rd|th)?,?\\s+((?:19|20)[0-9]{2})$";
const MONTH_FIRST = "^(\\p{L}{3,12}\\.?)\\s+[0-3]?[0-9](?:st|nd|rd|th)?$";
/** A day without a year, in any form: what it ends with. */
const SHORT = "(?:\\p{L}\\.?|[0-9])$|^[0-3]?[0-9]\\.[01]?[0-9]\\.$";

/** The first and the last day of a cell that names two; what stands once for both is put to each. Null for any other. */
export function partsOfRange(text: string): [string, string] | null {
  const apart = CLOSE.reduce((done, [pattern]) => done.replace(new RegExp(pattern, "u"), "$1 - $2"), text);
  const match = new RegExp(TWO_DAYS, "u").exec(apart);
  if (!match || !/\d/.test(match[1]!) || !/\d/.test(match[2]!)) return null;
  const [first, last] = [match[1]!.trim(), match[2]!.trim()];
  const month = new RegExp(MONTH_FIRST, "u").exec(first)?.[1];
  const dayYear = month && new RegExp(DAY_YEAR, "u").exec(last);
  const whole = dayYear ? `${month} ${dayYear[1]} ${dayYear[2]}` : last;
  const year = new RegExp(YEAR, "u").exec(last)?.[1];
  if (!year || new RegExp(YEAR, "u").test(first)) return [first, whole];
  const alone = new RegExp(ALONE, "u").exec(first)?.[1];
  const rest = alone && new RegExp(AFTER_DAY, "u").exec(last)?.[1];
  if (rest) return [`${alone} ${rest}`, whole];
  return new RegExp(SHORT, "u").test(first)
    ? [first + (first.endsWith(".") ? year : ` ${year}`), whole]
    : [first, whole];
}

/** The first or the last day of a cell as SQL; null where it names no two days. */
export function rangePart(text: string, part: "first" | "last"): string {
  const apart = CLOSE.reduce(
    (done, [pattern]) => `regexp_replace(${done}, ${literal(pattern)}, '\\1 - \\2')`,
    text,
  );
  const group = (of: string, pattern: string, n = 1) => `regexp_extract(${of}, ${literal(pattern)}, ${n})`;
  const first = `trim(${group(apart, TWO_DAYS, 1)})`;
  const last = `trim(${group(apart, TWO_DAYS, 2)})`;
  if (part === "last") {
    const month = group(first, MONTH_FIRST);
    const alone = `regexp_matches(${last}, ${literal(DAY_YEAR)})`;
    return `nullif(case when ${month} <> '' and ${alone}
      then concat_ws(' ', ${month}, ${group(last, DAY_YEAR, 1)}, ${group(last, DAY_YEAR, 2)}) else ${last} end, '')`;
  }
  const year = group(last, YEAR);
  const rest = group(last, AFTER_DAY);
  return `nullif(case when ${year} = '' or regexp_matches(${first}, ${literal(YEAR)}) then ${first}
    when ${group(first, ALONE)} <> '' and ${rest} <> '' then ${group(first, ALONE)} || ' ' || ${rest}
    when suffix(${first}, '.') and regexp_matches(${first}, ${literal(SHORT)}) then ${first} || ${year}
    when regexp_matches(${first}, ${literal(SHORT)}) then ${first} || ' ' || ${year}
    else ${first} end, '')`;
}
