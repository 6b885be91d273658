/** Notices in the words of those who read the numbers, never in those of the store. */
import { type Dataset, type Notice } from "@/lib/model/mod.ts";
import type { FactNotice } from "@/lib/warehouse/mod.ts";
import { PLATFORM_NAMES } from "@/lib/format/mod.ts";
import { tellSpan } from "./tell_days.ts";

/** A column as people call it, within a sentence: "ad group", "CTR". */
export function tellColumn(dataset: Dataset, name: string): string {
  const definition = dataset.columns.find((column) => column.name === name);
  // People know an entity by its name, not by its id.
  const shown = dataset.columns.find((column) => column.labels === name) ?? definition;
  const title = shown?.title ?? name.replaceAll("_", " ");
  // "Ad group" is a word like others, "URL" is not.
  return /^.\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** A store's notice as a sentence. */
export function tellNotice(dataset: Dataset, { code, column, places }: FactNotice): Notice {
  const name = tellColumn(dataset, column);
  const where = places.map(tellPlace).join("; ");
  const before = where ? `${where}: ` : "";
  switch (code) {
    case "not-additive": {
      const message = `${capital(name)} cannot be added up: shown only where one row of the file stands behind it`;
      return { code, message };
    }
    case "not-broken-down":
      return { code, message: `${before}this data is not broken down by ${name}` };
    case "filter-left-out": {
      const message = places.length
        ? `${before}left out, as this data is not broken down by ${name}`
        : `Nothing is counted: this data is not broken down by ${name}, which the filter asks for`;
      return { code, message };
    }
    case "period-left-out":
      return { code, message: `${before}left out, as these numbers stand for whole weeks or months only` };
  }
}

function tellPlace({ platform, from, to }: FactNotice["places"][number]): string {
  const name = PLATFORM_NAMES[platform] ?? platform;
  return name ? `${name}, ${tellSpan({ from, to })}` : tellSpan({ from, to });
}

/** The same with a capital letter first. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
