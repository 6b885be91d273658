/** The dashboards that somebody can start from, by goal. */
import { clientReport } from "./client_report.ts";
import { ecommerceRoas } from "./ecommerce_roas.ts";
import { executiveOverview } from "./executive_overview.ts";
import { paidSearchWeekly } from "./paid_search_weekly.ts";
import type { Template } from "./template.ts";

export type { Template, TemplateRow, TemplateTile } from "./template.ts";

/** Every template, in the order they are offered. */
export const templates: readonly Template[] = [paidSearchWeekly, ecommerceRoas, executiveOverview, clientReport];
