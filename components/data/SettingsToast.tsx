import type { BatchProgress } from "@/lib/ingest/batch_progress.ts";
import { Toast } from "../Toast.tsx";

/** What a form of the settings just did, with the way back. */
export function SettingsToast({ said, before, now, batch, action }: {
  said: string | null;
  /** The default currency as it was; "" for none. */
  before: string | null;
  now: string;
  batch: BatchProgress | null;
  action: string;
}) {
  if (said === "saved" && before !== null && before !== now) {
    return (
      <Toast text={now ? `The default currency is ${now} now.` : "There is no default currency now."}>
        <form method="post" action={action}>
          <input type="hidden" name="currency" value={before} />
          <button class="button" type="submit" name="action" value="save">Undo</button>
        </form>
      </Toast>
    );
  }
  if (said === "saved") return <Toast text="Saved: nothing had changed." />;
  if (said === "taken-back") return <Toast text="Undone: the amounts are without a currency again." />;
  if (said !== "named" || !batch) return null;
  if (batch.done === 0 && batch.stopped) return null;
  const files = batch.of === 1 ? "1 file" : `${batch.of} files`;
  if (batch.done < batch.of && !batch.stopped) return <Toast text={`Reading ${files} again: ${batch.done} done.`} />;
  return (
    <Toast text={`${batch.done} of ${files} read again: their amounts are in ${batch.currency} now.`}>
      <form method="post" action={action}>
        <input type="hidden" name="batch" value={batch.id} />
        <button class="button" type="submit" name="action" value="take-back">Undo</button>
      </form>
    </Toast>
  );
}
