import { ConflictError, InputError, UnavailableError } from "@/lib/errors.ts";
import { columnSchema } from "@/lib/model/dataset.ts";
import { type Column, type Dataset, type Rule, type Taxonomy, taxonomyParts, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { changeDataset, getDataset } from "./datasets.ts";
import { partVersion } from "./part_version.ts";

type Outside = Pick<Services, "documents" | "warehouse" | "staging">;

/**
 * Puts these rules in place of a dataset's own. Throws `InputError` for one that cannot be, with the reason, and
 * `ConflictError` with the rules that stand where they are not those of the version `from` (`partVersion`) any more.
 */
export async function saveRules(
  services: Outside,
  viewer: Viewer,
  id: string,
  rules: Rule[],
  from?: string,
): Promise<Dataset> {
  await getDataset(services, viewer.workspace, id);
  for (const rule of rules) {
    if (rule.kind !== "pattern") continue;
    const fault = await checkPattern(services, rule.pattern);
    if (!fault) continue;
    throw new InputError(
      "bad-pattern",
      `Cannot save the rules: the pattern ${rule.pattern} cannot be used (${fault}); mend it`,
      { rule: rule.id },
    );
  }
  return await changeDataset(services, viewer, id, (dataset) => {
    expectPart("rules", dataset, from);
    return { ...dataset, rules };
  });
}

/**
 * Puts these patterns in place of a dataset's own. Their parts become columns; columns that a pattern no longer fills
 * stay, as rows have them. Throws `ConflictError` as `saveRules` does.
 */
export async function saveTaxonomies(
  services: Outside,
  viewer: Viewer,
  id: string,
  taxonomies: Taxonomy[],
  from?: string,
): Promise<Dataset> {
  return await changeDataset(services, viewer, id, (dataset) => {
    expectPart("taxonomies", dataset, from);
    return { ...dataset, columns: [...dataset.columns, ...lackingColumns(dataset, taxonomies)], taxonomies };
  });
}

/** Columns that patterns fill and the dataset lacks. */
function lackingColumns(dataset: Dataset, taxonomies: Taxonomy[]): Column[] {
  const names = taxonomies.flatMap(({ pattern }) => taxonomyParts(pattern));
  const lacking = [...new Set(names)].filter((name) => !dataset.columns.some((c) => c.name === name));
  return lacking.map((name) =>
    columnSchema.parse({
      name,
      title: name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll("_", " "),
      role: "dimension",
      type: "text",
    })
  );
}

const PARTS = { rules: "rules", taxonomies: "patterns" } as const;

function expectPart(part: keyof typeof PARTS, dataset: Dataset, from: string | undefined): void {
  const version = partVersion(dataset[part]);
  if (from === undefined || from === version) return;
  throw new ConflictError(
    `Cannot save the ${
      PARTS[part]
    } of ${dataset.title}: somebody saved others meanwhile; join yours with those and save again`,
    { current: { [part]: dataset[part], version } },
    "version-conflict",
  );
}

/** Where no engine is at hand the import has the last word: it refuses what its engine cannot use. */
async function checkPattern({ staging }: Outside, pattern: string): Promise<string | null> {
  try {
    return await staging.checkPattern(pattern);
  } catch (error) {
    if (error instanceof UnavailableError) return null;
    throw error;
  }
}
