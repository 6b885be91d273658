/** `rates`: what one unit of a currency costs in another, day by day. */
import { type Dataset, datasetSchema } from "../dataset.ts";
import { identity, notAdditive, time } from "./columns.ts";
import { only } from "./metrics.ts";
import { notFuture } from "./rules.ts";

/** Exchange rates: one unit of `base` is `rate` units of `quote`. */
export const ratesDataset: Dataset = datasetSchema.parse({
  id: "rates",
  title: "Exchange rates",
  description: "One unit of the base currency in units of the quote currency",
  builtIn: true,
  columns: [
    time(["Day", "Time period"]),
    identity("base", "Base currency", ["From", "From currency", "Base"], { required: true }),
    identity("quote", "Quote currency", ["To", "To currency", "Currency", "Quote"], { required: true }),
    notAdditive("rate", "Rate", ["Value", "Exchange rate", "OBS_VALUE"], { required: true, min: 0.000001 }),
  ],
  metrics: [only("rate", "Rate", "decimal", "none")],
  rules: [notFuture],
});
