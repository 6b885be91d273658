/** The fixed facts that `*.json` ask about: few enough rows to work every answer out by hand. */
import { adsDataset, ordersDataset, ratesDataset } from "@/lib/model/datasets/mod.ts";
import type { FactRow, Facts } from "./fact_tables.ts";

const micros = (units: number) => BigInt(Math.round(units * 1e6));

const google = { platform: "google_ads", account_id: "g1", currency: "EUR" };
const meta = { platform: "meta_ads", account_id: "m1", currency: "EUR" };
const linkedin = { platform: "linkedin_ads", account_id: "l1", currency: "EUR" };

function ad(
  level: number,
  date: string,
  names: Record<string, string>,
  [spend, clicks, impressions]: [number, number, number],
  more: Partial<FactRow> & { reach?: number } = {},
): FactRow {
  const { reach, ...life } = more;
  const values = { date, ...names, spend: micros(spend), clicks: BigInt(clicks), impressions: BigInt(impressions) };
  const whole = reach === undefined ? values : { ...values, reach: BigInt(reach) * unit("reach") };
  return { level, import: level, from: 1, to: null, values: whole, ...life };
}

function unit(name: string): bigint {
  return adsDataset.columns.find((column) => column.name === name)?.type === "decimal" ? 1_000_000n : 1n;
}

/** Google by campaign (one was renamed, one row was corrected), Meta by country, LinkedIn by month only. */
export const adsFacts: Facts = {
  dataset: adsDataset,
  version: 2,
  levels: [
    { level: 1, name: "day:campaign_id", grain: "day", columns: ["campaign_id"] },
    { level: 2, name: "day:country", grain: "day", columns: ["country"] },
    { level: 3, name: "month:", grain: "month", columns: [] },
  ],
  rows: [
    ad(1, "2026-01-01", { ...google, campaign_id: "1", campaign: "Brand" }, [8, 4, 100]),
    ad(1, "2026-02-01", { ...google, campaign_id: "1", campaign: "Brand" }, [9, 9, 90], { to: 2 }),
    ad(1, "2026-02-01", { ...google, campaign_id: "1", campaign: "Brand" }, [10, 10, 100], { from: 2, reach: 80 }),
    ad(1, "2026-02-01", { ...google, campaign_id: "2", campaign: "Generic" }, [30, 20, 400], { reach: 300 }),
    ad(1, "2026-02-02", { ...google, campaign_id: "1", campaign: "Brand 2026" }, [12, 12, 120]),
    ad(1, "2026-02-02", { ...google, campaign_id: "2", campaign: "Generic" }, [28, 0, 280]),
    ad(2, "2026-02-01", { ...meta, country: "DE" }, [5, 5, 50]),
    ad(2, "2026-02-01", { ...meta, country: "US" }, [15, 5, 150]),
    ad(2, "2026-02-28", { ...meta, country: "DE" }, [7, 7, 70], { provisional: true }),
    ad(3, "2026-01-01", linkedin, [100, 50, 1000], { until: "2026-01-31" }),
  ],
};

function order(date: string, currency: string, revenue: number, orders: number): FactRow {
  const values = {
    date,
    platform: "shopify",
    account_id: "s1",
    currency,
    revenue: micros(revenue),
    orders: BigInt(orders),
  };
  return { level: 1, import: 1, from: 1, to: null, values };
}

/** A shop that sells in two currencies. */
export const ordersFacts: Facts = {
  dataset: ordersDataset,
  version: 1,
  levels: [{ level: 1, name: "day:", grain: "day", columns: [] }],
  rows: [
    order("2026-02-01", "EUR", 100, 2),
    order("2026-02-01", "USD", 50, 1),
    order("2026-02-02", "EUR", 40, 1),
    order("2026-03-01", "USD", 10, 1),
    order("2026-03-01", "GBP", 20, 1),
    order("2026-03-12", "USD", 7, 1),
  ],
};

function rate(date: string, quote: string, value: number): FactRow {
  return { level: 1, import: 1, from: 1, to: null, values: { date, base: "EUR", quote, rate: micros(value) } };
}

/** Rates as a central bank lists them: none on Sundays, and none after 27 February. */
export const ratesFacts: Facts = {
  dataset: ratesDataset,
  version: 1,
  levels: [{ level: 1, name: "day:base+quote", grain: "day", columns: ["base", "quote"] }],
  rows: [
    rate("2026-01-30", "USD", 1.2),
    rate("2026-02-02", "USD", 1.5),
    rate("2026-02-27", "USD", 1.25),
    rate("2026-02-27", "GBP", 0.8),
    rate("2026-02-28", "CHF", 0.9),
  ],
};
