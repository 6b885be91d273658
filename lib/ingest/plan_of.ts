/** From decisions to the plan of cleaning. Pure. */
import type { Dataset } from "@/lib/model/mod.ts";
import { languages } from "@/lib/model/languages/mod.ts";
import type { ColumnReading, StagingPlan } from "@/lib/staging/mod.ts";
import type { DecideInput } from "./decide.ts";
import type { TimeDecision } from "./decide_time.ts";
import type { HeaderMatch } from "./match_columns.ts";
import type { TableRecognition } from "./recognise/mod.ts";

/** Texts that mean "nothing here" in exports. */
export const NULL_TOKENS = [
  "-",
  "--",
  "---",
  "—",
  "–",
  "ー",
  "n/a",
  "n.a.",
  "k.a.",
  "n/d",
  "s/d",
  "#n/a",
  "#n/d",
  "#div/0!",
  "#value!",
  "#ref!",
  "#name?",
  "#num!",
  "#null!",
  "#error!",
  "null",
  "(null)",
  "nan",
  "(not set)",
  "∞",
];

/** What stands in a column of dates where a line is of all of them. */
const ALL_DAYS = [
  ...["all", "alle", "tous", "toutes", "todos", "todas", "tutti", "tutte", "すべて", "全期間"],
  // No date has one of these words in it: `A Total`, `Summe April`.
  "(?:.*\\s)?(?:sub|grand|zwischen)?[ -]?(?:totals?|totales|totale|totaux|totaal|gesamt|summe|suma|soma|somma)(?:\\s.*)?",
  ".*(?:合計|小計|総計).*",
  // A line that compares the two periods above it.
  "(?:% ?)?(?:change|difference|diff\\.?|delta|δ|veränderung|abweichung|änderung|variation|évolution|variación|cambio|variação|alteração|variazione|verschil|wijziging|verandering)(?: ?\\(?%\\)?| in %)?",
  "(?:% (?:de )?|.*)(?:変化|増減)(?:率)?",
];
/** What a line is called that is the total of a group: true only where another name is empty there. */
const GROUP_TOTALS = [
  ".{1,80}[ -](?:sub)?totals?",
  "(?:sub)?totals? .{1,80}",
  ".{1,80} (?:gesamt|summe|totale|totaal)",
  "(?:summe|somme|suma|soma|totale|totaal) .{1,80}",
  ".{1,40}(?:合計|小計|計)",
];

/** Regular expressions of what total lines of this file may be called: the report's own words, and every language's. */
export function totalLabels({ report }: Pick<TableRecognition, "report">): string[] {
  return [...new Set([...report?.totals?.labels ?? [], ...languages.flatMap(({ totals }) => totals)])];
}

/** The plan. */
export function planOf(
  input: DecideInput,
  columns: Record<string, ColumnReading>,
  { time, matches }: { time: Pick<TimeDecision, "grain" | "until" | "headers">; matches: HeaderMatch[] },
): StagingPlan {
  const { dataset, recognition, profiles } = input;
  const { report } = recognition;
  const profileOf = (header: string) => profiles.find((profile) => profile.header === header)!;
  const dimensions = dataset.columns.flatMap((column) => {
    const from = columns[column.name];
    return column.role === "dimension" && column.identity && from?.from === "header" ? [from.header] : [];
  });
  const withoutTime = report?.totals?.blankDimensions && dimensions.length > 0;
  const blank = withoutTime ? dimensions : time.headers.length ? [...time.headers, ...dimensions] : dimensions;
  const named = [...new Set([...time.headers, ...dimensions])];
  return {
    importId: input.importId,
    dataset,
    grain: time.grain,
    ...(time.until ? { until: time.until } : {}),
    columns,
    nullTokens: NULL_TOKENS,
    totals: {
      labels: totalLabels(recognition),
      headers: matches.filter((match, n) => mayHoldLabel(match, n) && profileOf(match.header).totals > 0)
        .map(({ header }) => header),
      // Where some cells of the date are no dates, one of them may say that its line is of all days.
      dates: {
        headers: time.headers.filter((header) => profileOf(header).dates < profileOf(header).filled),
        labels: ALL_DAYS,
      },
      // Where no name and no date is ever empty, no line can be the total of a group.
      ...(named.some((header) => profileOf(header).empty + profileOf(header).nothing > 0)
        ? { groups: { headers: named, labels: GROUP_TOTALS } }
        : {}),
      blankHeaders: blank.every((header) => profileOf(header).empty + profileOf(header).nothing > 0) ? blank : [],
    },
  };
}

/**
 * Where a total line's label stands: in a name or the date, in the first column, or in one without a header. A setting
 * may be called "Total" too, so other columns are not asked.
 */
function mayHoldLabel({ column, header }: HeaderMatch, place: number): boolean {
  return Boolean(column) || place === 0 || /^column_\d+$/.test(header);
}

/** Headers whose cells make the key. */
export function keyHeaders(
  dataset: Dataset,
  columns: Record<string, ColumnReading>,
  timeHeaders: string[],
): string[] {
  const identity = dataset.columns.filter((c) => c.identity && !(c.labels && columns[c.labels]));
  const headers = identity.flatMap((c) => {
    const from = columns[c.name];
    return from?.from === "header" ? [from.header] : [];
  });
  return [...new Set([...timeHeaders, ...headers])];
}
