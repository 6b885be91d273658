/** Puts anomalies aside and brings them back, from a page: at once, with the way back. */
import { type Signal, useSignal } from "@preact/signals";
import type { ShownAnomaly } from "@/lib/model/mod.ts";
import type { AnomalyEvent } from "@/lib/widget/mod.ts";

/** What just happened to an anomaly, and what takes it back; null where nothing can. */
export interface Turned {
  text: string;
  undo: AnomalyEvent | null;
}

/** What a page has of it. */
export interface AnomalyTurns {
  /** Null where nothing happened a moment ago. */
  turned: Signal<Turned | null>;
  turn(event: AnomalyEvent): Promise<void>;
}

/** So long what happened is said. */
const SAID = 8_000;

/** `onDone` is told when the server has it. */
export function useAnomalyTurns(onDone: () => void): AnomalyTurns {
  const turned = useSignal<Turned | null>(null);
  const say = (said: Turned) => {
    turned.value = said;
    setTimeout(() => {
      if (turned.value === said) turned.value = null;
    }, SAID);
  };
  return {
    turned,
    async turn(event) {
      try {
        say(await turnAnomaly(event));
      } catch (error) {
        say({ text: `It stays as it was: ${error instanceof Error ? error.message : String(error)}`, undo: null });
      }
      onDone();
    },
  };
}

/** Asks the server. Throws `Error` with its words. */
async function turnAnomaly(event: AnomalyEvent): Promise<Turned> {
  const { dataset, anomaly, version, type } = event;
  const [at, of] = [encodeURIComponent(anomaly), encodeURIComponent(dataset)];
  const response = await fetch(`/api/datasets/${of}/anomalies/${at}/${type}`, {
    method: "POST",
    headers: { "content-type": "application/json", "if-match": `"${version}"` },
    body: type === "dismiss" ? JSON.stringify({ reason: event.reason }) : undefined,
  });
  const answer = await response.json() as ShownAnomaly & { detail?: string };
  if (!response.ok) throw new Error(answer.detail ?? `the server answered ${response.status}`);
  const chosen = { dataset, anomaly, version: answer.version };
  if (type === "dismiss") return { text: "Put aside. It stays so.", undo: { type: "restore", ...chosen } };
  const reason = answer.history.findLast(({ what }) => what === "dismissed")?.note || "No reason given";
  return { text: "Brought back.", undo: { type: "dismiss", ...chosen, reason } };
}
