import type { BatchProgress } from "@/lib/ingest/batch_progress.ts";
import { Toast } from "../Toast.tsx";

/** What a form about taking apart just did, with the way back. */
export function ApartToast({ said, batch, action }: {
  said: string | null;
  batch: BatchProgress | null;
  action: string;
}) {
  if (said === "taken-back") return <Toast text="Undone: the files stand as they were read before." />;
  if (said === "url") return <Toast text="Saved: the next files fill these columns." />;
  if (!batch) return null;
  const files = batch.of === 1 ? "1 file" : `${batch.of} files`;
  if (batch.done < batch.of && !batch.stopped) return <Toast text={`Reading ${files} again: ${batch.done} done.`} />;
  if (batch.done === 0) return null;
  return (
    <Toast text={`${batch.done} of ${files} read again.`}>
      <form method="post" action={action}>
        <input type="hidden" name="batch" value={batch.id} />
        <button class="button" type="submit" name="action" value="take-back">Undo</button>
      </form>
    </Toast>
  );
}
