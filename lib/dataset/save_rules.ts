import { InputError, UnavailableError } from "@/lib/errors.ts";
import { type Dataset, type Rule, type Taxonomy, taxonomyParts, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { getDataset, putDataset } from "./datasets.ts";

type Outside = Pick<Services, "documents" | "warehouse" | "staging">;

/** Puts these rules in place of a dataset's own. Throws `InputError` for one that cannot be, with the reason. */
export async function saveRules(services: Outside, viewer: Viewer, id: string, rules: Rule[]): Promise<Dataset> {
  const dataset = await getDataset(services, viewer.workspace, id);
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
  return await putDataset(services, viewer, { ...dataset, rules });
}

/**
 * Puts these patterns in place of a dataset's own. Their parts become columns; columns that a pattern no longer fills
 * stay, as rows have them.
 */
export async function saveTaxonomies(
  services: Outside,
  viewer: Viewer,
  id: string,
  taxonomies: Taxonomy[],
): Promise<Dataset> {
  const dataset = await getDataset(services, viewer.workspace, id);
  const names = taxonomies.flatMap(({ pattern }) => taxonomyParts(pattern));
  const lacking = [...new Set(names)].filter((name) => !dataset.columns.some((c) => c.name === name));
  const columns = lacking.map((name) => ({
    name,
    title: name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll("_", " "),
    role: "dimension" as const,
    type: "text" as const,
  }));
  return await putDataset(services, viewer, { ...dataset, columns: [...dataset.columns, ...columns], taxonomies });
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
