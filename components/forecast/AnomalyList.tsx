/** What stood out, newest first: what it is of, by how much, what that is worth, and the way to put it aside. */
import { useState } from "preact/hooks";
import { ChangeChip } from "@/components/tile/ChangeChip.tsx";
import { anomalyAmount, anomalyDetail, anomalySubject, formatChange, formatPeriodFull } from "@/lib/format/mod.ts";
import type { ShownAnomaly } from "@/lib/model/mod.ts";
import type { AnomalyEvent } from "@/lib/widget/mod.ts";

/** Said where somebody puts one aside and gives no reason. */
const NO_REASON = "No reason given";

/** What the list needs. */
export interface AnomalyListProps {
  anomalies: ShownAnomaly[];
  locale: string;
  /** Told what is put aside or brought back; absent where nothing can be changed. */
  dispatch?: (event: AnomalyEvent) => void;
}

/** The list. */
export function AnomalyList({ anomalies, ...props }: AnomalyListProps) {
  return (
    <ol class="anomalies">
      {anomalies.map((anomaly) => <Entry key={anomaly.id} anomaly={anomaly} {...props} />)}
    </ol>
  );
}

function Entry({ anomaly, locale, dispatch }: Omit<AnomalyListProps, "anomalies"> & { anomaly: ShownAnomaly }) {
  const { id, dataset, version, day, kind, dismissed, actual, expected, metric } = anomaly;
  const [asking, setAsking] = useState(false);
  const amount = anomalyAmount(anomaly, locale);
  const chosen = { dataset, anomaly: id, version };
  const subject = anomalySubject(anomaly, locale);
  return (
    <li class={`anomalies__entry${dismissed ? " anomalies__entry--aside" : ""}`}>
      <p class="anomalies__head">
        <span class="anomalies__day">
          {kind === "level" && "from "}
          {formatPeriodFull(day, "day", { locale })}
        </span>
        <strong class="anomalies__subject" title={subject}>{subject}</strong>
        <ChangeChip change={formatChange(actual, expected, metric, { locale })} />
        <span class="anomalies__amount">{amount ?? "no price"}</span>
      </p>
      <p class="anomalies__text">{anomalyDetail(anomaly, locale)}</p>
      {dismissed && <p class="anomalies__text">Put aside: {dismissed.reason}</p>}
      {dispatch && (dismissed
        ? (
          <button type="button" class="anomalies__act" onClick={() => dispatch({ type: "restore", ...chosen })}>
            Bring back<span class="visually-hidden">: {subject}, {day}</span>
          </button>
        )
        : asking
        ? (
          <Reason
            onCancel={() => setAsking(false)}
            onGive={(reason) => {
              setAsking(false);
              dispatch({ type: "dismiss", ...chosen, reason });
            }}
          />
        )
        : (
          <button type="button" class="anomalies__act" onClick={() => setAsking(true)}>
            Put aside<span class="visually-hidden">: {subject}, {day}</span>
          </button>
        ))}
    </li>
  );
}

function Reason({ onGive, onCancel }: { onGive(reason: string): void; onCancel(): void }) {
  return (
    <form
      class="anomalies__reason"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = new FormData(event.currentTarget).get("reason");
        onGive(typeof reason === "string" && reason.trim() !== "" ? reason.trim() : NO_REASON);
      }}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      <input
        class="input"
        name="reason"
        maxLength={500}
        aria-label="Why it is put aside"
        placeholder="Why? For example: sale, holiday, tracking was off"
        // The field appears where the button was that was just pressed.
        ref={(input) => input?.focus()}
      />
      <button type="submit" class="button button--small">Put aside</button>
      <button type="button" class="button button--quiet button--small" onClick={onCancel}>Cancel</button>
    </form>
  );
}
