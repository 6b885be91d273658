/** How the cells of a column are read: as text, or as a number of a unit. Pure. */
import type { Column, Finding } from "@/lib/model/mod.ts";
import type { SourceReport } from "@/lib/source/mod.ts";
import type { ColumnProfile, ColumnReading } from "@/lib/staging/mod.ts";
import type { HeaderMatch } from "./match_columns.ts";

/** A length of time: `00:01:23`, `1m 23s`. */
const CLOCK = /^(?:(?:\d+:)?\d{1,2}:\d{2}(?:\.\d+)?|(?:\d+\s*h\w*\s*)?(?:\d+\s*m\w*\s*)?\d+\s*s\w*|\d+\s*m(?:in)?)$/;

/** A reading, and what is worth saying about it. */
export interface DecidedReading {
  reading: ColumnReading;
  finding?: Finding;
}

/** A column as text. */
export function asText(profile: ColumnProfile): ColumnReading {
  // Numbers are profiled as such, whatever stands around them.
  const signs = profile.samples.some((cell) => /^(?:=".*"|'\d+)$/.test(cell));
  const plain = !signs && profile.nothing === 0 && profile.padded === 0 &&
    profile.numbers.dot + profile.numbers.comma === 0;
  return {
    from: "header",
    header: profile.header,
    as: "text",
    ...(plain ? { asItStands: true } : {}),
    ...(signs ? { withoutSigns: true } : {}),
  };
}

/** Whether a spreadsheet has rounded the ids in a column, so that different ones look alike: `1.23457E+16`. */
export function isRounded({ samples }: ColumnProfile): boolean {
  return samples.some((cell) => /^\d(?:[.,]\d+)?E\+\d{1,2}$/i.test(cell));
}

/** A column as numbers, in whole units: micros and per cents are divided. */
export function asNumber(
  profile: ColumnProfile,
  column: Column,
  { match, decimal, report }: { match: HeaderMatch; decimal: "." | ","; report: SourceReport | null },
): DecidedReading {
  const clock = column.unit === "seconds" && profile.samples.some((cell) => CLOCK.test(cell.trim()));
  if (clock) {
    const finding = {
      topic: `unit:${profile.header}`,
      finding: "hours, minutes and seconds",
      evidence: `"${profile.samples[0]}"`,
    };
    return {
      reading: { from: "header", header: profile.header, as: "number", decimal, divisor: 1, clock: true },
      finding,
    };
  }
  const scale = column.unit === "percent" ? shareScale(profile, report) : moneyScale(profile, match);
  return {
    reading: {
      from: "header",
      header: profile.header,
      as: "number",
      decimal,
      divisor: scale.divisor,
      ...knownCells(profile, decimal),
      ...(match.when ? { when: match.when } : {}),
      ...(profile.wide ? { wide: true } : {}),
    },
    ...(scale.finding ? { finding: scale.finding } : {}),
  };
}

interface Scale {
  divisor: 1 | 100 | 1_000_000;
  finding?: Finding;
}

/** Micros have no fractions: where a cell has one, the amounts stand in units already. */
function moneyScale({ header, filled, numbers }: ColumnProfile, { divisor }: HeaderMatch): Scale {
  if (divisor === 1) return { divisor };
  const topic = `unit:${header}`;
  const part = divisor === 100 ? "hundredths" : "millionths";
  if (numbers.digits < filled) {
    const evidence = `${(filled - numbers.digits).toLocaleString("en")} of its cells have fractions`;
    return { divisor: 1, finding: { topic, finding: `whole units, no ${part}`, evidence } };
  }
  return {
    divisor,
    finding: { topic, finding: `${part}, divided`, evidence: "its header, and no cell has a fraction" },
  };
}

/** A share with a sign reads as it stands; one without is 12.5 or 0.125. */
function shareScale({ header, percents, samples, numbers, filled }: ColumnProfile, report: SourceReport | null): Scale {
  if (percents > 0 || filled === 0) return { divisor: 1 };
  const topic = `unit:${header}`;
  const percent = (evidence: string): Scale => ({ divisor: 100, finding: { topic, finding: "per cent", evidence } });
  if (/%|percent/i.test(header)) return percent("its header");
  const values = samples.map((cell) => Number(cell.replace(",", "."))).filter((value) => !Number.isNaN(value));
  const above = values.find((value) => value > 1);
  if (above !== undefined) return percent(`${above} is no fraction`);
  if (report?.shares === "percent" && numbers.plain > 0 && values.some((value) => value > 0)) {
    return percent("this report's own way");
  }
  return { divisor: 1, finding: { topic, finding: "fractions", evidence: "no cell is above 1" } };
}

/** What holds for every cell of a number column, so that reading it need not try anything else. */
function knownCells({ numbers, filled, nothing }: ColumnProfile, decimal: "." | ","): { cells?: "digits" | "plain" } {
  if (nothing > 0) return {};
  if (numbers.digits === filled) return { cells: "digits" };
  return decimal === "." && numbers.plain === filled ? { cells: "plain" } : {};
}
