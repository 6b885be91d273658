/** Tells what becomes of a dataset's campaigns, and keeps it; the same data is told once. */
import { ConflictError } from "@/lib/errors.ts";
import { addDays, todayIn } from "@/lib/model/calendar.ts";
import type { CampaignTier, Dataset, TiersAnswer, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { ForecastServices } from "../answer_forecast.ts";
import { type Classification, LEAST_KNOWN } from "./classify.ts";
import { HALF_DAYS, type ReadCampaigns, readCampaigns } from "./read_campaigns.ts";
import { type StoredTiers, tiersCollection } from "./stored_tiers.ts";

/** Raise it when the same data would be told otherwise. */
const RULES = 1;
/** Three tests, what they learn from, and what they ask for. */
const LEAST_DAYS = 10 * HALF_DAYS;

/** What a run is told. */
export interface TellingOptions {
  signal: AbortSignal;
  /** Throws unless this run still holds its job. */
  confirm(): Promise<void>;
}

/** Tells the tiers. True where something was written. */
export async function tellTiers(
  services: ForecastServices & Pick<Services, "events">,
  viewer: Viewer,
  { dataset, state }: { dataset: Dataset; state: DatasetState },
  { signal, confirm }: TellingOptions,
): Promise<boolean> {
  const { documents, clock, events } = services;
  const { workspace } = viewer;
  const today = todayIn(dataset.timeZone, clock.now());
  const seen = JSON.stringify([RULES, state.version, state.asOf, dataset.definitionVersion, today]);
  const stored = await documents.get(tiersCollection, workspace, dataset.id);
  if (stored?.doc.seen === seen) return false;
  const read = await readCampaigns(services, viewer, dataset, signal);
  const made = clock.now().toISOString();
  const said = read ? await saidOf(services, dataset, read, made) : { state: "none" as const };
  if (said.state === "none" && !stored) return false;
  await confirm();
  const doc: StoredTiers = { id: dataset.id, seen, said };
  try {
    if (stored) await documents.put(tiersCollection, workspace, doc, stored.version);
    else await documents.create(tiersCollection, workspace, doc);
  } catch (error) {
    if (error instanceof ConflictError) return false; // another run was quicker, and saw the same
    throw error;
  }
  await events.publish(workspace, { type: "anomalies", dataset: dataset.id });
  return true;
}

async function saidOf(
  { forecasts }: Pick<Services, "forecasts">,
  dataset: Dataset,
  read: ReadCampaigns,
  made: string,
): Promise<TiersAnswer> {
  const found = await forecasts.classify(read.campaigns, read.halves);
  if (!found.accuracy) {
    const have = read.halves * HALF_DAYS;
    return { state: "too-little", made, have, need: LEAST_DAYS, known: found.known, needKnown: LEAST_KNOWN };
  }
  const title = dataset.metrics.find(({ name }) => name === read.result)?.title ?? read.result;
  return {
    state: "ready",
    made,
    ...spanOf(read, Math.floor(read.halves / 2) - 1),
    result: { name: read.result, title },
    accuracy: found.accuracy,
    campaigns: found.campaigns.map((one) => campaignOf(read, one)).toSorted((a, b) => b.spend - a.spend),
  };
}

/** First and last day of a period. */
function spanOf({ halves, to }: ReadCampaigns, period: number): { from: string; to: string } {
  const end = addDays(to, -2 * HALF_DAYS * (Math.floor(halves / 2) - 1 - period));
  return { from: addDays(end, 1 - 2 * HALF_DAYS), to: end };
}

function campaignOf(
  read: ReadCampaigns,
  { key, tier, share, neighbours }: Classification["campaigns"][number],
): CampaignTier {
  const names = read.names.get(key)!;
  const unit = read.units.get(names.currency) ?? 1;
  const own = read.campaigns.find((one) => one.key === key)?.halves ?? [];
  const sum = (part: "spend" | "result" | "conversions", from: number, to?: number) =>
    own.slice(from, to).reduce((all, half) => all + (half?.[part] ?? 0), 0);
  const [spend, result, conversions] = [sum("spend", -2), sum("result", -2), sum("conversions", -2)];
  const before = sum("result", -4, -2);
  return {
    ...names,
    tier,
    share,
    spend: spend * unit,
    roas: read.result === "conversion_value" && spend > 0 ? result / spend : null,
    cpa: conversions > 0 ? spend * unit / conversions : null,
    trend: before > 0 ? result / before : null,
    neighbours: neighbours.map(({ key, period, became }) => {
      const { campaign, platform } = read.names.get(key)!;
      return { campaign, platform, ...spanOf(read, period), became };
    }),
  };
}
