import assert from "node:assert/strict";
import { dashboardSchema } from "@/lib/model/mod.ts";
import { dashboardLinks } from "./dashboard_links.ts";

Deno.test("dashboardLinks() gives each dataset its first dashboard", () => {
  const board = (id: string, dataset: string) =>
    dashboardSchema.parse({ id, title: id.toUpperCase(), filterBar: { dataset, dimensions: [] } });
  assert.deepEqual(dashboardLinks([board("a", "ads"), board("b", "ads"), board("w", "web")]), {
    ads: { href: "/dashboards/a", title: "A" },
    web: { href: "/dashboards/w", title: "W" },
  });
});
