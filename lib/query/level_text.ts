import type { Dataset } from "@/lib/model/mod.ts";

/** A level as people read it: `day:campaign_id+device` is "campaign + device", a month's `… (by month)`. */
export function levelText(dataset: Dataset, level: string): string {
  const [grain = "", columns = ""] = level.split(":");
  const words = columns.split("+").filter(Boolean).map((name) => {
    // People know an entity by its name, not by its id.
    const label = dataset.columns.find((column) => column.labels === name);
    return (label?.name ?? name).replaceAll("_", " ");
  });
  const text = words.length ? words.join(" + ") : "account";
  return grain === "day" || grain === "" ? text : `${text} (by ${grain})`;
}
