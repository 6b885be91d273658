import assert from "node:assert/strict";
import { headerCurrency, headerKey } from "./header_key.ts";

Deno.test("headerKey() makes the spellings of one header equal", () => {
  const cases: [string, string][] = [
    ["Impr.", "impr"],
    ["\u{FEFF}# Date", "date"],
    ["Amount spent (USD)", "amount spent"],
    ["CPM (cost per 1,000 impressions) (USD)", "cpm cost per 1 000 impressions"],
    ["Campaign\u{A0}name", "campaign name"],
    ["campaign_name", "campaign name"],
    ["CampaignName", "campaign name"],
    ["AverageCpc", "average cpc"],
    ["CTR (all)", "ctr all"],
    ["Website URL (Ad level）", "website url ad level"],
    ["Coût", "cout"],
    ["Cost / conv.", "cost / conv"],
    ["Conversion rate (CVR)", "conversion rate cvr"],
  ];
  for (const [header, key] of cases) assert.equal(headerKey(header), key, header);
});

Deno.test("headerCurrency() reads codes and unambiguous symbols only", () => {
  assert.equal(headerCurrency("Amount spent (USD)"), "USD");
  assert.equal(headerCurrency("Kosten (€)"), "EUR");
  assert.equal(headerCurrency("Cost ($)"), null);
  assert.equal(headerCurrency("Conversion rate (CVR)"), null);
});
