import type { ComponentChildren } from "preact";
import { formatBytes } from "@/lib/format/bytes.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { Icon } from "../Icon.tsx";
import { changeWords } from "./change_words.ts";
import { ImportProgress } from "./ImportProgress.tsx";
import { countsSentence, isMoving, leftWords, missingSentence, usableRows } from "./import_words.ts";
import { StateChip } from "./StateChip.tsx";

/** A file on its way in. */
export interface QueuedFileState {
  key: string;
  name: string;
  bytes: number;
  /** Bytes sent so far; null before its turn. */
  sent: number | null;
  /** Until all is sent; null where that cannot be told yet. */
  secondsLeft: number | null;
  /** The connection is lost, and the rest is sent once it is back. */
  waiting: boolean;
  /** The import, once the server has it. */
  job: ImportJob | null;
  /** Why it could not be sent, and whether it may get through later. */
  problem: { text: string; passing: boolean } | null;
}

/** One file of the queue: how much is sent, what the import does, what came of it. */
export function QueuedFile({ file, sending = false, locale, dashboard, into, onRetry, onStop, onPublish, onClose }: {
  file: QueuedFileState;
  /** Other files are on their way still: leaving this page would stop them. */
  sending?: boolean;
  locale: string;
  dashboard?: { href: string; title: string };
  /** Where its rows went, where the page is about something else. */
  into?: string;
  onRetry(): void;
  onStop(): void;
  /** Imports a file that waits for it; absent where none does. */
  onPublish?(): void;
  /** Takes the file off the list once nothing happens any more; absent where the list may stay. */
  onClose?(): void;
}) {
  const { name, bytes, sent, secondsLeft, waiting, job, problem } = file;
  const ended = problem !== null || (job !== null && !isMoving(job.state));
  return (
    <li class="card queue__file">
      <p class="queue__name">
        {name} <span class="quiet">{formatBytes(bytes, locale)}</span>
      </p>
      {problem
        ? <span class="chip chip--bad">Not sent</span>
        : job
        ? <StateChip state={job.state} />
        : <span class="chip chip--info">{sent === null ? "Waiting" : "Uploading"}</span>}
      <div class="queue__body" aria-live="polite">
        {problem
          ? <Problem {...problem} onRetry={onRetry} />
          : !job
          ? <Sending {...{ name, sent, secondsLeft, waiting, bytes, locale, onStop }} />
          : isMoving(job.state)
          ? <ImportProgress job={job} locale={locale} />
          : <Result {...{ job, sending, locale, dashboard, into, onPublish }} />}
      </div>
      {ended && onClose && (
        <button class="button button--quiet button--small queue__close" type="button" onClick={onClose}>
          <Icon name="cross" />
          <span class="visually-hidden">Close {name}</span>
        </button>
      )}
    </li>
  );
}

function Problem({ text, passing, onRetry }: { text: string; passing: boolean; onRetry(): void }) {
  return (
    <>
      <p>{text}</p>
      {passing && (
        <div class="queue__actions">
          <button class="button button--small" type="button" onClick={onRetry}>Try again</button>
        </div>
      )}
    </>
  );
}

function Sending({ name, sent, secondsLeft, waiting, bytes, locale, onStop }: {
  name: string;
  sent: number | null;
  secondsLeft: number | null;
  waiting: boolean;
  bytes: number;
  locale: string;
  onStop(): void;
}) {
  const words = sent === null
    ? "Starts when the file before it is sent"
    : waiting
    ? `Waiting for the connection. ${formatBytes(sent, locale)} of ${formatBytes(bytes, locale)} are safe`
    : `${formatBytes(sent, locale)} of ${formatBytes(bytes, locale)} sent${leftWords(secondsLeft)}`;
  return (
    <div class="import-progress">
      <p class="import-progress__words quiet">{words}</p>
      <progress class="progress" aria-label={`Sending ${name}`} max={Math.max(1, bytes)} value={sent ?? 0} />
      <div class="queue__actions">
        <button class="button button--small" type="button" onClick={onStop}>Stop</button>
      </div>
    </div>
  );
}

/** A link that leaves the page alone while it has work to do. */
function Leads({ href, kind = "", sending, children }: {
  href: string;
  kind?: string;
  sending: boolean;
  children: ComponentChildren;
}) {
  return (
    <a class={`button button--small${kind}`} href={href} target={sending ? "_blank" : undefined}>
      {children}
      {sending && <span class="visually-hidden">(in a new tab)</span>}
    </a>
  );
}

function Result({ job, sending, locale, dashboard, into, onPublish }: {
  job: ImportJob;
  sending: boolean;
  locale: string;
  dashboard?: { href: string; title: string };
  into?: string;
  onPublish?(): void;
}) {
  const href = `/data/imports/${encodeURIComponent(job.id)}`;
  if (job.state === "needs-mapping") {
    return (
      <>
        <p>{job.questions.length > 1 ? `${job.questions.length} questions` : "One question"} before it can go on.</p>
        <div class="queue__actions">
          <Leads href={href} kind=" button--primary" sending={sending}>Answer</Leads>
        </div>
      </>
    );
  }
  if (job.state === "ready") {
    const change = changeWords(job.changes, locale);
    return (
      <>
        <p>{countsSentence(job.counts, locale)}{change && `; ${change}`}. Nothing has changed yet.</p>
        <div class="queue__actions">
          {onPublish && (
            <button class="button button--small button--primary" type="button" onClick={onPublish}>
              Import {new Intl.NumberFormat(locale).format(usableRows(job.counts))} rows
            </button>
          )}
          <Leads href={href} sending={sending}>Review</Leads>
        </div>
      </>
    );
  }
  const missing = job.state === "published" ? missingSentence(job, locale) : null;
  const words = job.state === "published"
    ? `${into ? `Into ${into}: ` : ""}${countsSentence(job.counts, locale)}`
    : job.state === "duplicate"
    ? "The same file was imported before and its rows still stand. Nothing changed."
    : job.error?.message ?? "Nothing was imported.";
  return (
    <>
      <p>
        {words}
        {job.counts.rejected > 0 && (
          <>
            : <a href={`${href}/rejected`}>see why</a>
          </>
        )}
      </p>
      {missing && <p class="quiet">{missing}</p>}
      <div class="queue__actions">
        {job.state === "published" && dashboard && (
          <Leads href={dashboard.href} kind=" button--primary" sending={sending}>
            Open {dashboard.title}
            <Icon name="arrow" />
          </Leads>
        )}
        <Leads href={href} sending={sending}>See the import</Leads>
      </div>
    </>
  );
}
