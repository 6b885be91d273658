/** Saves metrics to a dataset, and takes them away, for everybody. Each answers what is wrong, in words; empty if nothing. */
import type { WrittenMetric } from "./FormulaForm.tsx";

/** Adds a metric to a dataset. */
export function saveMetric(dataset: string, metric: WrittenMetric): Promise<string> {
  return send(metricsPath(dataset), { method: "POST", body: JSON.stringify(metric) });
}

/** Takes a metric away that was added to a dataset. */
export function takeMetric(dataset: string, name: string): Promise<string> {
  return send(`${metricsPath(dataset)}/${encodeURIComponent(name)}`, { method: "DELETE" });
}

function metricsPath(dataset: string): string {
  return `/api/datasets/${encodeURIComponent(dataset)}/metrics`;
}

async function send(path: string, init: RequestInit): Promise<string> {
  try {
    const response = await fetch(path, { headers: { "content-type": "application/json" }, ...init });
    if (response.ok) return "";
    const { detail } = await response.json() as { detail?: string };
    return detail ?? `The server answered ${response.status}`;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return "The server cannot be reached. Is it running?";
  }
}
