/**
 * Other tools' words for what a question says here: `eq`, `>=`, `startsWith`, `days`. People who know one API type its
 * words in the next; where there is exactly one meaning, it is taken. Anything else is left for the check to refuse.
 */

/** Words by how they are spelt without case, blanks and signs between words. */
const OPERATORS: Readonly<Record<string, string>> = {
  eq: "equals",
  equal: "equals",
  is: "equals",
  "=": "equals",
  "==": "equals",
  ne: "not",
  neq: "not",
  "!=": "not",
  "<>": "not",
  isnot: "not",
  notequal: "not",
  notequals: "not",
  notin: "not-in",
  notcontains: "not-contains",
  startswith: "starts-with",
  endswith: "ends-with",
  gt: "greater",
  ">": "greater",
  greaterthan: "greater",
  gte: "greater-or-equal",
  ">=": "greater-or-equal",
  greaterorequal: "greater-or-equal",
  lt: "less",
  "<": "less",
  lessthan: "less",
  lte: "less-or-equal",
  "<=": "less-or-equal",
  lessorequal: "less-or-equal",
  range: "between",
  empty: "is-empty",
  isempty: "is-empty",
  isnull: "is-empty",
  notempty: "is-not-empty",
  isnotempty: "is-not-empty",
  isnotnull: "is-not-empty",
};
const UNITS: Readonly<Record<string, string>> = {
  days: "day",
  weeks: "week",
  months: "month",
  quarters: "quarter",
  years: "year",
};

/** A question in this API's own words; the input itself stays as it is. Groups are walked `levels` deep at most. */
export function inUsualWords(question: Record<string, unknown>, levels: number): Record<string, unknown> {
  const result = { ...question };
  if ("filters" in question) result.filters = filterWords(question.filters, levels);
  if (isRecord(question.range) && typeof question.range.unit === "string") {
    const { unit } = question.range;
    result.range = { ...question.range, unit: Object.hasOwn(UNITS, unit) ? UNITS[unit] : unit };
  }
  return result;
}

function filterWords(filter: unknown, levels: number): unknown {
  if (!isRecord(filter) || levels < 0) return filter;
  const result = { ...filter };
  for (const group of ["and", "or"]) {
    const members = filter[group];
    if (Array.isArray(members)) result[group] = members.map((member) => filterWords(member, levels - 1));
  }
  if (typeof filter.op === "string") {
    const word = filter.op.trim().toLowerCase().replace(/(?<=[a-z])[\s_-]+(?=[a-z])/g, "");
    if (Object.hasOwn(OPERATORS, word)) result.op = OPERATORS[word];
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
