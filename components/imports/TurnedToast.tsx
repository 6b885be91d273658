import type { ImportJob } from "@/lib/model/mod.ts";
import { Toast } from "../Toast.tsx";

/** Says that an import was just taken back or put in its place again, with the way back. */
export function TurnedToast({ job: { id, state, filename }, action }: {
  job: Pick<ImportJob, "id" | "state" | "filename">;
  action: string;
}) {
  if (state !== "rolled-back" && state !== "published") return null;
  const undone = state === "rolled-back";
  return (
    <Toast
      text={undone ? `“${filename}” is undone: its rows count no longer.` : `“${filename}” is in its place again.`}
    >
      <form method="post" action={action}>
        <input type="hidden" name="id" value={id} />
        <button class="button" type="submit" name="action" value={undone ? "restore" : "rollback"}>Undo</button>
      </form>
    </Toast>
  );
}
