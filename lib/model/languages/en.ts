import type { Language } from "./language.ts";

/** English. Its headers are the datasets' own synonyms. */
const english: Language = {
  code: "en",
  title: "English",
  headers: {},
  totals: [
    "totals?(?:\\s*[:–-].*)?",
    "(?:grand|sub|account|campaign|report|overall)[ -]?totals?(?:\\s*[:–-].*)?",
    "totals? (?:of|for|from) .*",
    "sum(?: total)?",
    "all (?:campaigns|ads|ad groups|ad sets|rows)",
    "results from \\d+ .*",
  ],
  between: ["to", "through", "until", "thru"],
  starts: ["start", "start date", "from", "report start", "reporting starts", "period start", "date from"],
  ends: ["end", "end date", "to", "report end", "reporting ends", "period end", "date to"],
  noise: ["total", "sum", "of", "number", "no", "nr", "num", "count", "the", "in", "overall", "all time", "amount"],
};
export default english;
