import { formatMoment } from "@/lib/format/moment.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";
import { Notice } from "../Notice.tsx";

/** Says that a page shows the past, with the way back to now. */
export function AsOfNotice({ filters, asOf, locale }: { filters: PageFilters; asOf: string; locale: string }) {
  const now = writePageFilters({ ...filters, asOf: undefined }).toString();
  return (
    <Notice
      tone="info"
      title={`The numbers as they stood on ${formatMoment(asOf, locale)}`}
      text="What was imported, undone or restored after that is not in them."
    >
      <div class="notice__actions">
        <a class="button button--small" href={now ? `?${now}` : "?"}>Back to now</a>
      </div>
    </Notice>
  );
}
