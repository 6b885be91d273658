/** The datasets that come built in. A workspace may define others; these are there from the start. */
import type { Dataset } from "../dataset.ts";
import { adsDataset } from "./ads.ts";
import { emailDataset } from "./email.ts";
import { ordersDataset } from "./orders.ts";
import { ratesDataset } from "./rates.ts";
import { targetsDataset } from "./targets.ts";
import { webDataset } from "./web.ts";

export { adsDataset, emailDataset, ordersDataset, ratesDataset, targetsDataset, webDataset };

/** Every built-in dataset. */
export const builtInDatasets: Dataset[] = [
  adsDataset,
  webDataset,
  ordersDataset,
  emailDataset,
  ratesDataset,
  targetsDataset,
];
