/** Findings about a file, put together by what people ask: where is it from, how is it written, which days. Pure. */
import type { Finding } from "@/lib/model/mod.ts";

/** What was found about one thing, with everything that decided it. */
export interface FoundGroup {
  title: string;
  /** In a few words. */
  finding: string;
  /** What decided each part of it. */
  reasons: { finding: string; evidence: string }[];
  /** Whether the file's own words agree; absent where it has none about this. */
  agrees?: boolean;
}

interface Group {
  title: string;
  topics: string[];
  words?: (found: Map<string, Finding>, all: Finding[]) => string;
}

const some = (...words: (string | undefined)[]) => words.filter((word) => word).join(", ");

const GROUPS: Group[] = [
  {
    title: "Source",
    topics: ["platform", "report", "level"],
    words: (found) => {
      const report = found.get("report")?.finding;
      const known = report && !["any", "generic"].includes(report) ? ` · ${report.replaceAll("-", " ")} report` : "";
      return `${found.get("platform")?.finding ?? "Not known"}${known}`;
    },
  },
  {
    title: "File",
    topics: ["container", "encoding", "delimiter", "header", "quotes", "cells", "passed", "footer"],
    words: (found) => {
      const header = found.get("header")?.finding;
      return some(
        found.get("container")?.finding,
        found.get("encoding")?.finding.replace(/^[\w-]+/, (name) => name.toUpperCase()),
        found.get("delimiter")?.finding,
        header && (/^\d|^line/.test(header) ? `header in ${header}` : header),
      );
    },
  },
  {
    title: "Language",
    topics: ["language", "numbers", "dates", "year"],
    words: (found) => some(found.get("language")?.finding, found.get("numbers")?.finding, found.get("dates")?.finding),
  },
  { title: "Days", topics: ["time", "range", "grain", "time-zone"] },
  { title: "Account", topics: ["account", "account-above"] },
  {
    title: "Currency",
    topics: ["currency"],
    // The code that stands for none means nothing to people.
    words: (found) => found.get("currency")?.finding.replace(/^XXX$/, "Not named: amounts are shown without one") ?? "",
  },
  { title: "Attribution", topics: ["attribution"] },
  {
    title: "Totals",
    topics: ["total"],
    words: (_, all) => {
      const against = all.filter(({ agrees }) => agrees === false).length;
      if (against === 0) return "The rows add up to the file's own totals";
      return against === 1
        ? all.find(({ agrees }) => agrees === false)!.finding
        : `${against} sums differ from the file's own`;
    },
  },
  { title: "Repeated", topics: ["duplicates"] },
  { title: "Put together", topics: ["joined"] },
  { title: "Merged", topics: ["collapsed"] },
  { title: "Hidden", topics: ["masked"] },
  { title: "Clicks", topics: ["clicks"] },
  {
    title: "Goes to",
    topics: ["dataset"],
    // Tables of one file may go to different places: each is named.
    words: (_, all) => some(...new Set(all.map(({ finding }) => finding))),
  },
  { title: "Left out", topics: ["left-out", "unused"] },
];

const kindOf = ({ topic }: Finding) => topic.split(":", 1)[0]!;

/**
 * Findings by what they are about; those about single columns are told elsewhere. `days`: which days the rows are of, as
 * words, for a file that says nothing of them outside its rows.
 */
export function foundGroups(findings: Finding[], days: string | null = null): FoundGroup[] {
  const rest = findings.filter((one) => kindOf(one) !== "column");
  const groups = GROUPS.flatMap(({ title, topics, words }): FoundGroup[] => {
    if (title === "Days" && days !== null && !rest.some((one) => topics.includes(kindOf(one)))) {
      return [{ title, finding: days, reasons: [{ finding: days, evidence: "first and last day of the rows" }] }];
    }
    const members = rest.filter((one) => topics.includes(kindOf(one)))
      .toSorted((a, b) => topics.indexOf(kindOf(a)) - topics.indexOf(kindOf(b)));
    if (members.length === 0) return [];
    // The first of a kind speaks for it: later ones repeat it for another column or table.
    const first = new Map(members.toReversed().map((one) => [kindOf(one), one]));
    return [group(title, members, words?.(first, members) || members[0]!.finding)];
  });
  const told = new Set(GROUPS.flatMap(({ topics }) => topics));
  const others = Map.groupBy(rest.filter((one) => !told.has(kindOf(one))), kindOf);
  return [...groups, ...[...others].map(([kind, members]) => group(sentence(kind), members, members[0]!.finding))];
}

function group(title: string, members: Finding[], finding: string): FoundGroup {
  const checked = members.filter(({ agrees }) => agrees !== undefined);
  return {
    title,
    finding,
    reasons: members.map(({ topic, finding, evidence }) => {
      const about = topic.includes(":") && kindOf({ topic } as Finding) !== "total"
        ? `${topic.split(":").slice(1).join(":")}: `
        : "";
      return { finding: `${about}${finding}`, evidence };
    }),
    ...checked.length > 0 ? { agrees: checked.every(({ agrees }) => agrees) } : {},
  };
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/[-_]/g, " ");
}
