/** The largest values of a dimension with their share and change. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { leaderboardOptions } from "./options.ts";
import View from "./View.tsx";

/** The leaderboard. */
export default defineWidget({
  kind: "leaderboard",
  title: "Leaderboard",
  description: "The first so many of a dimension by one metric, with share and change",
  options: leaderboardOptions,
  size: { columns: 5, rows: 4 },
  query: ({ dataset, metric, dimension, limit, direction }) => ({
    dataset,
    metrics: [metric],
    dimensions: [dimension],
    order: [{ by: metric, direction }],
    limit,
    other: true,
    totals: true,
  }),
  View,
});
