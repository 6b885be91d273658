/** Which decimal sign a file uses: one for the file, decided by every number column, or by asking. Pure. */
import type { Column, Finding, ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import { readNumberAs } from "./read_as.ts";

/** What was decided. */
export interface NumberDecision {
  decimal: "." | ",";
  finding?: Finding;
  question?: ImportQuestion;
}

/** A share of contradicting cells that counts as mistakes, which are set aside one by one. */
const MISTAKES = 0.02;

/**
 * Decides the decimal sign from the profiles of all number columns. `others`: columns that are not used; where the used
 * ones tell nothing, their numbers may (a rate of `5,25 %`).
 */
export function decideNumbers(
  columns: { profile: ColumnProfile; column: Column }[],
  answer: string | undefined,
  others: ColumnProfile[] = [],
): NumberDecision {
  const topic = "numbers";
  if (answer === "." || answer === ",") {
    return { decimal: answer, finding: { topic, finding: `decimal sign "${answer}"`, evidence: "answered" } };
  }
  let dot = 0;
  let comma = 0;
  let proof = "";
  const unclear: string[] = [];
  for (const { profile: { numbers, header }, column } of columns) {
    const both = numbers.either + numbers.ambiguousDot + numbers.ambiguousComma;
    let forDot = numbers.dot - both;
    let forComma = numbers.comma - both;
    if (column.type === "integer") {
      // Whole numbers have no fraction: 1.234 impressions can only be grouped.
      forComma += numbers.ambiguousDot;
      forDot += numbers.ambiguousComma;
    } else unclear.push(...numbers.ambiguous);
    if (forDot + forComma > 0 && proof === "") proof = header;
    dot += forDot;
    comma += forComma;
  }
  if (dot + comma === 0 && unclear.length > 0) {
    for (const { numbers, header, filled } of others) {
      if (Math.max(numbers.dot, numbers.comma) < filled / 2) continue;
      const both = numbers.either + numbers.ambiguousDot + numbers.ambiguousComma;
      dot += numbers.dot - both;
      comma += numbers.comma - both;
      if (dot + comma > 0 && proof === "") proof = header;
    }
  }
  const decisive = dot + comma;
  if (decisive > 0 && Math.min(dot, comma) <= decisive * MISTAKES) {
    const decimal = dot >= comma ? "." : ",";
    const evidence = `${Math.max(dot, comma).toLocaleString("en")} numbers read only so, such as those of "${proof}"`;
    return { decimal, finding: { topic, finding: `decimal sign "${decimal}"`, evidence } };
  }
  if (decisive === 0 && unclear.length === 0) return { decimal: "." };
  const samples = [...unclear, ...columns.flatMap(({ profile }) => profile.samples)].slice(0, 3);
  return {
    decimal: ".",
    question: {
      id: "numbers",
      kind: "number-format",
      title: "Which sign comes before the decimals?",
      detail: decisive === 0
        ? `Every number in this file could be read in two ways, such as ${samples.map((s) => `"${s}"`).join(", ")}`
        : `${dot.toLocaleString("en")} numbers read only with a point, ${comma.toLocaleString("en")} only with a comma`,
      choices: ([".", ","] as const).map((value) => ({
        value,
        title: value === "." ? "A point: 1,234.5" : "A comma: 1.234,5",
        preview: samples.map((raw) => ({ raw, read: readNumberAs(raw, value) })),
      })),
    },
  };
}
