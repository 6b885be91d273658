import assert from "node:assert/strict";
import { totalRows } from "./total_rows.ts";

Deno.test("totalRows() shows each currency where there are several, else the one total, else nothing", () => {
  const totals = { spend: null, clicks: 3 };
  const totalsByCurrency = [{ currency: "EUR", spend: 1, clicks: 1 }, { currency: "USD", spend: 2, clicks: 2 }];
  assert.deepEqual(totalRows({ totals, totalsByCurrency }), totalsByCurrency);
  assert.deepEqual(totalRows({ totals, totalsByCurrency: null }), [totals]);
  assert.deepEqual(totalRows({ totals: null, totalsByCurrency: null }), []);
});
