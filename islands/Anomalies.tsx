/** What stood out in a dataset, on its page: newest first, each with the way to put it aside. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AnomalyList } from "@/components/forecast/AnomalyList.tsx";
import { NothingStandsOut } from "@/components/forecast/NothingStandsOut.tsx";
import { TurnedAnomaly } from "@/components/forecast/TurnedAnomaly.tsx";
import { useAnomalyTurns } from "@/components/forecast/use_anomaly_turns.ts";
import type { AnomaliesAnswer } from "@/lib/model/mod.ts";

/** More stand under a fold. */
const NEWEST = 12;

/** What the page hands over; JSON only. */
export interface AnomaliesProps {
  dataset: string;
  answer: AnomaliesAnswer;
  /** The newest days looked at. */
  days: number;
  locale: string;
}

export default function Anomalies({ dataset, answer, days, locale }: AnomaliesProps) {
  const shown = useSignal(answer);
  const problem = useSignal("");
  const anomalies = useAnomalyTurns(load);

  async function load(): Promise<void> {
    try {
      const response = await fetch(`/api/datasets/${encodeURIComponent(dataset)}/anomalies?days=${days}`);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      shown.value = await response.json();
      problem.value = "";
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  }

  useEffect(() => {
    const source = new EventSource("/api/events");
    source.addEventListener("anomalies", (event) => {
      const told = JSON.parse((event as MessageEvent<string>).data) as { dataset: string };
      if (told.dataset === dataset) void load();
    });
    return () => source.close();
  }, []);

  const all = shown.value.anomalies;
  const dispatch = anomalies.turn;
  const open = all.filter(({ state, dismissed }) => state === "open" && !dismissed);
  const aside = all.filter(({ dismissed }) => dismissed);
  const gone = all.filter(({ state, dismissed }) => state === "gone" && !dismissed);
  return (
    <>
      {problem.value && <p class="field-error" role="alert">This list could not be updated: {problem.value}</p>}
      {open.length > 0
        ? <AnomalyList anomalies={open.slice(0, NEWEST)} locale={locale} dispatch={dispatch} />
        : <NothingStandsOut answer={shown.value} locale={locale} />}
      {open.length > NEWEST && (
        <details class="anomalies__more">
          <summary>{open.length - NEWEST} earlier</summary>
          <AnomalyList anomalies={open.slice(NEWEST)} locale={locale} dispatch={dispatch} />
        </details>
      )}
      {aside.length > 0 && (
        <details class="anomalies__more">
          <summary>{aside.length} put aside</summary>
          <AnomalyList anomalies={aside} locale={locale} dispatch={dispatch} />
        </details>
      )}
      {gone.length > 0 && (
        <details class="anomalies__more">
          <summary>{gone.length} that stood out before and {gone.length === 1 ? "does" : "do"} so no more</summary>
          <AnomalyList anomalies={gone} locale={locale} />
        </details>
      )}
      <TurnedAnomaly {...anomalies} />
    </>
  );
}
