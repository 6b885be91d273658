import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import { type TiersAnswer, tiersQuerySchema, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { filterHolds } from "../filter_holds.ts";
import { tiersCollection } from "./stored_tiers.ts";

/** Answers a question for tiers. Throws `InputError` for one that cannot be read, `NotFoundError`. */
export async function readTiers(
  services: Pick<Services, "documents">,
  { workspace }: Viewer,
  input: unknown,
): Promise<TiersAnswer> {
  const parsed = tiersQuerySchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    throw new InputError("bad-query", `Cannot tell tiers: ${field}: ${issue?.message}`, { field }, 400);
  }
  const { dataset, filters } = parsed.data;
  await getDataset(services, workspace, dataset);
  const said = (await services.documents.get(tiersCollection, workspace, dataset))?.doc.said ?? { state: "none" };
  if (said.state !== "ready" || !filters) return said;
  const held = said.campaigns.filter(({ campaign, platform, currency }) =>
    filterHolds(filters, (field) => ({ campaign, platform, currency })[field])
  );
  return { ...said, campaigns: held };
}
