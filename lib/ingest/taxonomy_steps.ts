/** Names that are taken apart by the dataset's patterns: each name by the first that it fits. */
import {
  type CleaningStep,
  type Dataset,
  readTaxonomy,
  splitByFirst,
  taxonomyExpression,
  type TaxonomyPiece,
} from "@/lib/model/mod.ts";
import type { ColumnReading } from "@/lib/staging/mod.ts";
import type { CleaningInput } from "./cleaning_plan.ts";
import { cleaningStep } from "./cleaning_step.ts";

const SHOWN = 5;
const MOST_MISFITS = 100;

interface ReadPattern {
  id: string;
  pattern: string;
  pieces: TaxonomyPiece[];
  on: boolean;
}

/** The steps, one a pattern; fills the columns of the parts of those that are on. */
export function taxonomySteps(
  { plan: { dataset }, texts }: CleaningInput,
  columns: Record<string, ColumnReading>,
  isOn: (id: string, usual: boolean) => boolean,
): CleaningStep[] {
  const byColumn = Map.groupBy(dataset.taxonomies, ({ column }) => column);
  return [...byColumn].flatMap(([column, taxonomies]) => {
    const from = columns[column];
    if (!from) return [];
    const patterns = taxonomies.flatMap(({ id, pattern }): ReadPattern[] => {
      const read = readTaxonomy(pattern);
      return "fault" in read ? [] : [{ id, pattern, pieces: read.pieces, on: isOn(`taxonomy:${id}`, true) }];
    });
    const spellings = from.from === "header" && from.as === "text" ? from.spellings ?? {} : {};
    const names = (texts[column] ?? []).map(({ text, rows }) => ({ name: spellings[text] ?? text, rows }));
    fillParts(columns, column, patterns.filter(({ on }) => on));
    return stepsOf(dataset, column, patterns, names);
  });
}

/** What each pattern took apart, and the names that come nearest to it and fit none. */
function stepsOf(
  dataset: Dataset,
  column: string,
  patterns: ReadPattern[],
  names: { name: string; rows: number }[],
): CleaningStep[] {
  // Where all are off, what they would do is told.
  const live = patterns.some(({ on }) => on) ? patterns.filter(({ on }) => on) : patterns;
  const told = new Map(live.map(({ id }) => [id, { count: 0, fitting: [] as Pair[], misfits: [] as Misfit[] }]));
  for (const { name, rows } of live.length > 0 ? names : []) {
    const split = splitByFirst(live.map(({ pieces }) => pieces), name);
    const of = told.get(live[split.at]!.id)!;
    if ("fault" in split) of.misfits.push({ value: name, fault: split.fault });
    else {
      of.count += rows;
      of.fitting.push({ from: name, to: Object.entries(split.parts).map((pair) => pair.join(" ")).join(", ") });
    }
  }
  const title = dataset.columns.find(({ name }) => name === column)!.title;
  return patterns.map(({ id, pattern, on }) => {
    const { count = 0, fitting = [], misfits = [] } = told.get(id) ?? {};
    return cleaningStep({
      id: `taxonomy:${id}`,
      kind: "taxonomy",
      column,
      title: `${title}: taken apart as ${pattern}`,
      count,
      on,
      examples: fitting.slice(0, SHOWN),
      misfits: misfits.slice(0, MOST_MISFITS),
    });
  });
}

type Pair = CleaningStep["examples"][number];
type Misfit = CleaningStep["misfits"][number];

function fillParts(columns: Record<string, ColumnReading>, of: string, patterns: ReadPattern[]): void {
  const partsOf = ({ pieces }: ReadPattern) => pieces.flatMap((piece) => "name" in piece ? [piece.name] : []);
  const read = patterns.map((one) => ({ pattern: taxonomyExpression(one.pieces), parts: partsOf(one) }));
  for (const name of new Set(read.flatMap(({ parts }) => parts))) {
    // A column that the file brings itself is not filled from a name.
    columns[name] ??= {
      from: "part",
      of,
      patterns: read.map(({ pattern, parts }) => ({
        pattern,
        group: parts.includes(name) ? parts.indexOf(name) + 1 : null,
      })),
    };
  }
}
