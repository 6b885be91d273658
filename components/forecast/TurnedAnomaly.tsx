import { Toast } from "../Toast.tsx";
import type { AnomalyTurns } from "./use_anomaly_turns.ts";

/** Says that an anomaly was put aside or brought back, with the way back. */
export function TurnedAnomaly({ turned, turn }: AnomalyTurns) {
  if (!turned.value) return null;
  const { text, undo } = turned.value;
  return (
    <Toast text={text}>
      {undo && <button type="button" class="button" onClick={() => void turn(undo)}>Undo</button>}
    </Toast>
  );
}
