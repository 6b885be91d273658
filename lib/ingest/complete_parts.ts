/** Tables of one file that say of the same keys what each of them is: no table hides what another one says. */
import type { Finding } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { CleanPart } from "./publish_parts.ts";

/**
 * Gives the rows of each part what the parts before it say of their keys in columns that it lacks. A row takes the place of
 * an earlier one of the same key as a whole, so a snapshot that puts each series in a table of its own would otherwise
 * leave only the last one.
 */
export async function completeParts(
  { staging }: Pick<Services, "staging">,
  parts: CleanPart[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [place, part] of parts.entries()) {
    for (const earlier of parts.slice(0, place)) {
      if (earlier.dataset.id !== part.dataset.id) continue;
      const { rows, completed } = await staging.complete(part.dataset, part.staged, earlier.staged);
      part.staged = rows;
      if (completed === 0) continue;
      findings.push({
        topic: "joined",
        finding: `${completed} ${completed === 1 ? "row" : "rows"} of "${part.table}" stand in "${earlier.table}" too`,
        evidence: "the same day and the same names: what both tables say of them is put together",
        dataset: part.dataset.id,
      });
    }
  }
  return findings;
}
