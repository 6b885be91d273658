/** The days of the page, and what they are compared with, to choose in a tile. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { dateFilterOptions } from "./options.ts";
import View from "./View.tsx";

/** The date filter. */
export default defineWidget({
  kind: "date-filter",
  title: "Date filter",
  description: "The days that the whole page shows, and what they are compared with",
  options: dateFilterOptions,
  size: { columns: 4, rows: 4 },
  queries: () => ({}),
  View,
});
