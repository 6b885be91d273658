/** Every kind of document there is, for what has to go over all of them: indexes made ahead, copies, counts. */
import { dashboardsCollection } from "@/lib/dashboard/dashboards.ts";
import { keptVersionsCollection } from "@/lib/dashboard/kept_versions.ts";
import { datasetsCollection } from "@/lib/dataset/datasets.ts";
import { workspaceSettingsCollection } from "@/lib/dataset/workspace_settings.ts";
import type { Collection } from "@/lib/documents/mod.ts";
import { accuracyReportsCollection } from "@/lib/forecast/accuracy_report.ts";
import { anomaliesCollection, watchReportsCollection } from "@/lib/forecast/anomalies/stored_anomalies.ts";
import { forecastsCollection } from "@/lib/forecast/stored_forecast.ts";
import { tiersCollection } from "@/lib/forecast/tiers/stored_tiers.ts";
import { idempotencyCollection } from "@/lib/http/idempotency.ts";
import { holdsCollection } from "@/lib/jobs/_hold.ts";
import { importsCollection, mappingsCollection } from "@/lib/ingest/collections.ts";
import { knownNamesCollection } from "@/lib/ingest/known_names.ts";
import { uploadsCollection } from "@/lib/ingest/upload_document.ts";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { upkeepReportsCollection } from "@/lib/jobs/upkeep.ts";
import { movesCollection } from "@/lib/gate/move_mark.ts";

/** A kind whose documents are only carried, not looked into. */
export type AnyCollection = Collection<{ id: string }>;

/** Every kind; a test holds this list against what `lib/` declares. */
export const collections: readonly AnyCollection[] = [
  dashboardsCollection,
  keptVersionsCollection,
  datasetsCollection,
  accuracyReportsCollection,
  anomaliesCollection,
  forecastsCollection,
  holdsCollection,
  idempotencyCollection,
  importsCollection,
  jobRunsCollection,
  knownNamesCollection,
  mappingsCollection,
  movesCollection,
  upkeepReportsCollection,
  tiersCollection,
  uploadsCollection,
  watchReportsCollection,
  workspaceSettingsCollection,
] as unknown as readonly AnyCollection[];
