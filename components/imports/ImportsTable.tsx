import type { ImportJob } from "@/lib/model/mod.ts";
import { formatAgo } from "@/lib/format/moment.ts";
import { StateChip } from "./StateChip.tsx";
import { ScrollTable } from "../ScrollTable.tsx";

/** What a line of the list shows. */
export type ListedImport = Pick<ImportJob, "id" | "filename" | "dataset" | "state" | "counts" | "createdAt">;

/** The ledger: imports, newest first. */
export function ImportsTable({ imports, titles, now, locale, short = false }: {
  imports: ListedImport[];
  /** Titles of datasets by id. */
  titles: Record<string, string>;
  now: Date;
  locale: string;
  /** Leave out what a small place has no room for. */
  short?: boolean;
}) {
  const number = new Intl.NumberFormat(locale);
  const count = (n: number) => n === 0 ? <span class="quiet">–</span> : number.format(n);
  return (
    <ScrollTable
      label="Imports"
      caption="Imports, newest first"
      class="table--links"
      columns={[
        "File",
        "State",
        !short && { title: "Data", class: "wide-only" },
        !short && { title: "Read", class: "number wide-only" },
        { title: "New", class: "number wide-only" },
        { title: "Updated", class: "number wide-only" },
        { title: "Set aside", class: "number wide-only" },
        { title: "When", class: "number" },
      ]}
    >
      {imports.map((job) => (
        <tr key={job.id}>
          <th scope="row" class="table__subject">
            <a href={`/data/imports/${encodeURIComponent(job.id)}`}>{job.filename}</a>
          </th>
          <td>
            <StateChip state={job.state} />
          </td>
          {!short && <td class="wide-only">{titles[job.dataset] ?? job.dataset}</td>}
          {!short && <td class="number wide-only">{count(job.counts.read)}</td>}
          <td class="number wide-only">{count(job.counts.inserted)}</td>
          <td class="number wide-only">{count(job.counts.updated)}</td>
          <td class="number wide-only">{count(job.counts.rejected)}</td>
          <td class="number">
            <time dateTime={job.createdAt}>{formatAgo(job.createdAt, now, locale)}</time>
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
