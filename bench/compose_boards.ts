/** The dashboards that composing is measured on, over a file of ad rows on a server of its own. */
import { join } from "node:path";
import { dashboardSchema, type Placement } from "@/lib/model/mod.ts";
import { writeAdsFile } from "./ads_file.ts";
import { filled } from "./server_bench.ts";

/** Twelve widgets of every kind, all of them asking: what a filter click has to repaint. */
export const TWELVE = "bench-twelve";
/** Forty widgets, as many as anybody will drag about. */
export const FORTY = "bench-forty";

type Shape = Pick<Placement, "widget" | "title" | "options"> & { w: number; h: number };

const TEXT =
  "In this period **{{spend}}** was spent for **{{conversion_value}}**: a ROAS of {{roas}}, {{clicks}} clicks.";

const SHAPES: Shape[] = [
  shape("kpi", "Spend", [3, 2], { metric: "spend" }),
  shape("kpi", "Clicks", [3, 2], { metric: "clicks" }),
  shape("kpi", "ROAS", [3, 2], { metric: "roas" }),
  shape("kpi", "Cost per conversion", [3, 2], { metric: "cpa" }),
  shape("combo", "Spend and ROAS", [6, 4], { metric: "spend", line: "roas", grain: "week" }),
  shape("bar", "Spend by month", [6, 4], { metric: "spend", dimension: "platform", grain: "month", mode: "stacked" }),
  shape("line", "Conversions", [6, 4], { metric: "conversions", dimension: "platform", grain: "week" }),
  shape("table", "Campaigns", [6, 4], {
    metrics: ["spend", "roas", "cpa"],
    dimensions: ["campaign"],
    sort: "spend",
    pageSize: 8,
  }),
  shape("donut", "Spend by country", [3, 4], { metric: "spend", dimension: "country" }),
  shape("bar", "Clicks by device", [3, 4], { metric: "clicks", dimension: "device" }),
  shape("leaderboard", "Best campaigns", [3, 4], { metric: "conversion_value", dimension: "campaign" }),
  shape("text", "What happened", [3, 4], { text: TEXT }),
];

/** Fills an empty server with so many rows and both dashboards; answers when everything can be asked for. */
export async function fillForComposing(url: string, scratch: string, rows: number): Promise<void> {
  const path = join(scratch, "ads.csv");
  await writeAdsFile({ path, rows });
  await upload(url, path);
  await filled(url);
  await Deno.remove(path);
  for (const [id, count] of [[TWELVE, 12], [FORTY, 40]] as const) {
    const document = dashboardSchema.parse({
      id,
      title: `${count} widgets`,
      description: "",
      defaults: { range: { all: true }, compare: "none", values: {} },
      filterBar: { dataset: "ads", dimensions: ["platform", "country"] },
      placements: placed(count),
    });
    const response = await fetch(`${url}/api/dashboards`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(document),
    });
    if (!response.ok) throw new Error(`Cannot measure: the dashboard "${id}" was refused (${await response.text()})`);
  }
}

/** So many tiles in rows from left to right, the twelve shapes again and again. */
function placed(count: number): Placement[] {
  let [x, y, height] = [0, 0, 0];
  return Array.from({ length: count }, (_, index) => {
    const { w, h, ...rest } = SHAPES[index % SHAPES.length]!;
    if (x + w > 12 || (x > 0 && height !== h)) [x, y] = [0, y + height];
    height = h;
    const place = { x, y, w, h };
    x += w;
    return { ...rest, id: `tile-${index}`, widgetVersion: 1, place };
  });
}

function shape(widget: string, title: string, [w, h]: [number, number], options: Record<string, unknown>): Shape {
  return { widget, title, options: { dataset: "ads", ...options }, w, h };
}

async function upload(url: string, path: string): Promise<void> {
  const file = await Deno.open(path);
  const response = await fetch(`${url}/api/imports?dataset=ads&filename=ads.csv`, {
    method: "POST",
    body: file.readable,
  });
  if (!response.ok) throw new Error(`Cannot measure: the file was refused (${await response.text()})`);
  await response.body?.cancel();
}
