import { STATUS_CODES } from "node:http";

/** The usual words for a status, for answers that say nothing themselves. */
export function statusText(status: number): string {
  return STATUS_CODES[status] ?? "Error";
}
