import type { ImportJob } from "@/lib/model/mod.ts";
import { Icon } from "../Icon.tsx";
import { PostButton } from "../PostButton.tsx";
import { PUBLISH_FORM } from "./PublishForm.tsx";
import { isMoving, usableRows } from "./import_words.ts";

/** What can be done with an import in its state; the main action last. */
export function ImportActions({ job, action, dashboard, locale }: {
  job: Pick<ImportJob, "state" | "counts" | "duplicateOf">;
  action: string;
  dashboard?: { href: string; title: string };
  locale: string;
}) {
  const { state, counts } = job;
  if (isMoving(state) || state === "needs-mapping") {
    return <PostButton action={action} name="cancel">Cancel</PostButton>;
  }
  if (state === "ready") {
    const rows = new Intl.NumberFormat(locale).format(usableRows(counts));
    return (
      <>
        <PostButton action={action} name="cancel">Cancel</PostButton>
        <button class="button button--primary" type="submit" form={PUBLISH_FORM} name="action" value="publish">
          Import {rows} rows
        </button>
      </>
    );
  }
  if (state === "rolled-back") {
    return (
      <PostButton action={action} name="restore" kind="primary">
        <Icon name="redo" />
        Restore
      </PostButton>
    );
  }
  if (state === "published") {
    return (
      <>
        <PostButton action={action} name="rollback">
          <Icon name="undo" />
          Undo import
        </PostButton>
        {dashboard && (
          <a class="button button--primary" href={dashboard.href}>
            Open {dashboard.title}
          </a>
        )}
      </>
    );
  }
  return <a class="button button--primary" href="/data/import">Import another file</a>;
}
