import type { Column } from "@/lib/model/mod.ts";

/** What a level (`day:campaign_id+device`) breaks rows down by, as people say it: "Campaign, device". */
export function levelWords(level: string, columns: Pick<Column, "name" | "title" | "labels">[]): string {
  const names = level.slice(level.indexOf(":") + 1).split("+").filter((name) => name !== "");
  if (names.length === 0) return "Whole accounts";
  const words = names.map((name) => {
    // People know a campaign, not its id.
    const column = columns.find((c) => c.labels === name) ?? columns.find((c) => c.name === name);
    return column?.title ?? name;
  });
  return words.map((word, i) => i > 0 && /^[A-Z][a-z]/.test(word) ? word[0]!.toLowerCase() + word.slice(1) : word)
    .join(", ");
}
