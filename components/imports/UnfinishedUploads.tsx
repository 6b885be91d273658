import { formatBytes } from "@/lib/format/bytes.ts";
import { Notice } from "../Notice.tsx";
import { PostButton } from "../PostButton.tsx";

/** Files that broke off on their way in: the same file, dropped again, goes on where it ended. */
export function UnfinishedUploads({ uploads, locale }: {
  uploads: { id: string; filename: string; size: number; offset: number }[];
  locale: string;
}) {
  return (
    <>
      {uploads.map(({ id, filename, size, offset }) => (
        <Notice
          key={id}
          tone="info"
          title={`“${filename}” has not arrived whole`}
          text={`${formatBytes(offset, locale)} of ${
            formatBytes(size, locale)
          } are here. Drop the same file again, and it goes on from there.`}
        >
          <div class="notice__actions">
            <PostButton action={`/data/imports/${encodeURIComponent(id)}`} name="cancel">Give it up</PostButton>
          </div>
        </Notice>
      ))}
    </>
  );
}
