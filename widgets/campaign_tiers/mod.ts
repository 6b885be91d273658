/** What becomes of campaigns in the next four weeks, told by those that looked alike; hidden where that is no help. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { campaignTiersOptions } from "./options.ts";
import View from "./View.tsx";

/** The campaign tiers. */
export default defineWidget({
  kind: "campaign-tiers",
  title: "Campaign tiers",
  description:
    "Which campaigns rise, keep steady, fade or waste, told by those that looked alike and what became of them",
  options: campaignTiersOptions,
  size: { columns: 7, rows: 5 },
  queries: ({ dataset, within }): Record<string, WidgetQuestion> => ({
    main: { kind: "tiers", query: { dataset, filters: within } },
  }),
  compares: () => false,
  View,
});
