import { formatAgo, formatDuration } from "@/lib/format/moment.ts";
import { formatRange } from "@/lib/format/mod.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { Icon } from "../Icon.tsx";
import { actorWord, changeWords, importPlatform, importRange } from "./change_words.ts";
import { StateChip } from "./StateChip.tsx";
import { ScrollTable } from "../ScrollTable.tsx";

/** What the lines of the ledger share. */
export interface LedgerWords {
  /** Titles of datasets by id. */
  titles: Record<string, string>;
  now: Date;
  locale: string;
  /** The address that answers the buttons, filters included. */
  action: string;
}

/** The ledger: every import with what it brought, what it changed, by whom; each can be taken back and redone. */
export function LedgerTable({ imports, ...words }: { imports: ImportJob[] } & LedgerWords) {
  return (
    <ScrollTable
      label="Imports"
      caption="Imports, newest first"
      class="table--links ledger"
      columns={[
        "File",
        "State",
        { title: "Days", class: "wide-only" },
        { title: "New", class: "number wide-only" },
        { title: "Updated", class: "number wide-only" },
        { title: "Set aside", class: "number wide-only" },
        { title: "What it changed", class: "wide-only" },
        { title: "When", class: "wide-only" },
        { title: <span class="visually-hidden">Actions</span> },
      ]}
    >
      {imports.map((job) => <Line key={job.id} job={job} {...words} />)}
    </ScrollTable>
  );
}

function Line({ job, titles, now, locale, action }: { job: ImportJob } & LedgerWords) {
  const number = new Intl.NumberFormat(locale);
  const count = (n: number) => n === 0 ? <span class="quiet">–</span> : number.format(n);
  const range = importRange(job);
  const origin = [importPlatform(job), titles[job.dataset] ?? job.dataset].filter((word) => word !== null);
  const days = range && formatRange(range.from, range.to, { locale, year: true });
  const told = difference(job, locale);
  const counts = job.state === "duplicate" ? null : job.counts;
  return (
    <tr>
      <th scope="row" class="table__subject">
        <a href={`/data/imports/${encodeURIComponent(job.id)}`}>{job.filename}</a>
        <span class="table__aside">{[...new Set(origin)].join(" · ")}</span>
        <span class="table__aside phone-only">
          {[days, formatAgo(job.createdAt, now, locale)].filter((word) => word !== null).join(" · ")}
        </span>
        {told && (
          <span class="table__aside phone-only ledger__difference">
            <span>{told}</span>
          </span>
        )}
      </th>
      <td>
        <StateChip state={job.state} />
      </td>
      <td class="ledger__days wide-only">
        {days ?? <span class="quiet">–</span>}
      </td>
      <td class="number wide-only">{count(counts?.inserted ?? 0)}</td>
      <td class="number wide-only">{count(counts?.updated ?? 0)}</td>
      <td class="number wide-only">{count(counts?.rejected ?? 0)}</td>
      <td class="ledger__difference wide-only">{told ? <span>{told}</span> : <span class="quiet">–</span>}</td>
      <td class="ledger__when wide-only">
        <time dateTime={job.createdAt}>{formatAgo(job.createdAt, now, locale)}</time>
        <span class="table__aside">
          by {actorWord(job.actor)}
          {job.milliseconds > 0 && `, in ${formatDuration(job.milliseconds, locale)}`}
        </span>
      </td>
      <td class="number">
        <Turn job={job} action={action} />
      </td>
    </tr>
  );
}

function difference(job: ImportJob, locale: string): string {
  if (job.state === "failed") return job.error?.message ?? "";
  if (job.state !== "published" && job.state !== "rolled-back") return "";
  const all = job.changes ? [job.changes] : job.parts.map(({ changes }) => changes);
  return all.map((changes) => changeWords(changes, locale)).filter((words) => words !== "").join("; ");
}

/** Takes an import back, or puts it in its place again; a plain form, so it works where no script runs. */
function Turn({ job: { id, state, filename }, action }: { job: ImportJob; action: string }) {
  if (state !== "published" && state !== "rolled-back") return null;
  const back = state === "published";
  return (
    <form method="post" action={action}>
      <input type="hidden" name="id" value={id} />
      <button
        class="button button--small button--quiet"
        type="submit"
        name="action"
        value={back ? "rollback" : "restore"}
      >
        <Icon name={back ? "undo" : "redo"} />
        {back ? "Undo" : "Restore"}
        <span class="visually-hidden">{` ${filename}`}</span>
      </button>
    </form>
  );
}
