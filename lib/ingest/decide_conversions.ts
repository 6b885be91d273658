/** Which results count as conversions. Pure. */
import type { ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnReading } from "@/lib/staging/mod.ts";
import type { DecideInput } from "./decide.ts";
import type { HeaderMatch } from "./match_columns.ts";

/** Results are conversions only where the file says of which kind they are, and that kind is one. */
export function decideConversions(
  { recognition: { report }, answers, profiles }: DecideInput,
  matches: HeaderMatch[],
  { conversions, results, result_type: type }: Record<string, ColumnReading>,
): { reading?: ColumnReading; question?: ImportQuestion } {
  if (!report?.conversionResults || conversions || results?.from !== "header" || results.as !== "number") return {};
  if (type?.from === "header") {
    return { reading: { ...results, when: { header: type.header, oneOf: report.conversionResults } } };
  }
  const chosen = matches.find((match) => match.header === answers.conversions);
  if (chosen) return { reading: { ...results, header: chosen.header } };
  if (answers.conversions === "none") return {};
  const offered = matches.filter((m) => ["results", "orders", "leads"].includes(m.column ?? ""));
  const preview = (header: string) =>
    (profiles.find((profile) => profile.header === header)?.samples ?? []).slice(0, 3)
      .map((raw) => ({ raw, read: `${raw} conversions` }));
  return {
    question: {
      id: "conversions",
      kind: "map-column",
      title: "Which column counts as conversions?",
      detail: `"${results.header}" mixes kinds of results, and the file does not say which`,
      column: results.header,
      choices: [
        ...offered.map(({ header }) => ({ value: header, title: header, preview: preview(header) })),
        { value: "none", title: "None of them", preview: [] },
      ],
    },
  };
}
