/** The demo as a file, so that it comes in by the door that every file comes in by. */
import { type DemoOptions, type DemoRow, generateDemo } from "./generate_demo.ts";

/** The columns of the file: names of the `ads` dataset, so that nothing has to be asked. */
export const DEMO_COLUMNS = [
  "date",
  "platform",
  "account_id",
  "account",
  "campaign_id",
  "campaign",
  "campaign_type",
  "objective",
  "country",
  "device",
  "currency",
  "impressions",
  "clicks",
  "spend",
  "conversions",
  "conversion_value",
  "video_views",
] as const satisfies readonly (keyof DemoRow)[];

const ROWS_PER_CHUNK = 2_000;

/** The demo as a CSV file (UTF-8, comma, point), made as it is read. */
export function demoCsv(options: DemoOptions): ReadableStream<Uint8Array> {
  const rows = generateDemo(options);
  const encoder = new TextEncoder();
  let text = `${DEMO_COLUMNS.join(",")}\n`;
  return new ReadableStream({
    pull(controller) {
      for (let i = 0; i < ROWS_PER_CHUNK; i++) {
        const { value, done } = rows.next();
        if (done) {
          if (text) controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += `${DEMO_COLUMNS.map((column) => cellOf(value, column)).join(",")}\n`;
      }
      controller.enqueue(encoder.encode(text));
      text = "";
    },
  });
}

function cellOf(row: DemoRow, column: (typeof DEMO_COLUMNS)[number]): string {
  const value = row[column];
  if (value === null) return "";
  if (typeof value === "string") return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return column === "spend" || column === "conversion_value" ? value.toFixed(2) : String(value);
}
