import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { dashboardLinks } from "@/components/home/dashboard_links.ts";
import { levelWords } from "@/components/data/level_words.ts";
import { ImportActions } from "@/components/imports/ImportActions.tsx";
import { ImportReview } from "@/components/imports/ImportReview.tsx";
import { ImportOutcome } from "@/components/imports/ImportOutcome.tsx";
import { ImportSteps } from "@/components/imports/ImportSteps.tsx";
import { importSteps, isMoving, stateWord } from "@/components/imports/import_words.ts";
import { Questions } from "@/components/imports/Questions.tsx";
import { RejectedTable } from "@/components/imports/RejectedTable.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { PostButton } from "@/components/PostButton.tsx";
import { Toast } from "@/components/Toast.tsx";
import ImportLive from "@/islands/ImportLive.tsx";
import { listDashboards } from "@/lib/dashboard/mod.ts";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { define, type State } from "@/lib/define.ts";
import { TesseraError } from "@/lib/errors.ts";
import { formatBytes } from "@/lib/format/bytes.ts";
import { formatAgo } from "@/lib/format/moment.ts";
import { readFileHead } from "@/lib/http/file_head.ts";
import { readForm } from "@/lib/http/read_form.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { changeImport, readAnswers } from "@/lib/http/import_actions.ts";
import { dayChanges } from "@/lib/ingest/day_changes.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { getImport, rejectedRows } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await load(ctx.state, ctx.params.id!, ctx.req));
  },
  /** The buttons and the answers of the page: done, then back to it. */
  async POST(ctx) {
    const id = ctx.params.id!;
    const form = await readForm(ctx.req);
    try {
      const job = await changeImport(ctx.state, id, form);
      return ctx.redirect(`/data/imports/${encodeURIComponent(job.id)}?said=${job.state}`, 303);
    } catch (error) {
      if (!(error instanceof TesseraError) || error.status === 404 || error.status >= 500) throw error;
      const data = await load(ctx.state, id, ctx.req);
      return page({ ...data, given: readAnswers(form), problem: error.message }, { status: error.status });
    }
  },
});

async function load({ services, viewer }: State, id: string, request: Request) {
  const job = await getImport(services, viewer, id);
  const turned = job.state === "published" || job.state === "rolled-back";
  const [rejected, lines, datasets, dashboards, days] = await Promise.all([
    job.counts.rejected > 0 ? rejectedRows(services, viewer, id, { offset: 0, limit: 8 }) : { total: 0, rows: [] },
    readFileHead(services, viewer.workspace, job.sha256),
    listDatasets(services, viewer.workspace),
    listDashboards(services, viewer),
    turned ? dayChanges(services, viewer, job) : [],
  ]);
  return {
    job,
    parts: job.parts.map((part) => ({
      ...part,
      level: levelWords(part.level, datasets.find(({ id }) => id === part.dataset)?.columns ?? []),
    })),
    rejected,
    lines,
    days,
    past: pastOf(job, dashboardLinks(dashboards.map(({ doc }) => doc))[job.dataset]),
    titles: Object.fromEntries(datasets.map((d) => [d.id, d.title])),
    dashboard: dashboardLinks(dashboards.map(({ doc }) => doc))[job.dataset],
    now: services.clock.now(),
    locale: readLocale(request),
    problem: null as string | null,
    /** What was answered in a form that was not taken. */
    given: {} as Record<string, string>,
  };
}

/** Where the numbers stand as they were after an import; null before it was published. */
function pastOf({ publishedAt }: ImportJob, dashboard: { href: string; title: string } | undefined) {
  if (!publishedAt || !dashboard) return null;
  const href = `${dashboard.href}?asOf=${encodeURIComponent(publishedAt)}`;
  return { href, title: `See ${dashboard.title} as it stood after this import` };
}

export default define.page<typeof handlers>(function ImportPage({ data, url }) {
  const { job, parts, rejected, lines, days, past, titles, dashboard, now, locale, problem, given } = data;
  const path = `/data/imports/${encodeURIComponent(job.id)}`;
  const number = new Intl.NumberFormat(locale);
  const about = [
    titles[job.dataset] ?? job.dataset,
    formatBytes(job.bytes, locale),
    formatAgo(job.createdAt, now, locale),
  ];
  return (
    <>
      <Head>
        <title>{`${stateWord(job.state).word}: ${job.filename} · Tessera`}</title>
        <link rel="stylesheet" href={asset("/imports.css")} />
        {isMoving(job.state) && (
          <noscript>
            <meta http-equiv="refresh" content="2" />
          </noscript>
        )}
      </Head>
      <PageHeader title={job.filename} note={about.join(" · ")} up={{ href: "/data/imports", title: "Imports" }}>
        <ImportActions job={job} action={path} dashboard={dashboard} locale={locale} />
      </PageHeader>
      {job.state !== "duplicate" && <ImportSteps steps={importSteps(job)} />}
      <div class="stack">
        {problem && <Notice tone="bad" title="That could not be done" text={problem} />}
        {isMoving(job.state) && (
          <section class="card" aria-label="Progress">
            <ImportLive
              id={job.id}
              job={{ state: job.state, step: job.step, progress: job.progress, counts: job.counts }}
              locale={locale}
            />
          </section>
        )}
        {job.state === "needs-mapping" && (
          <Questions
            questions={job.questions}
            given={{ ...job.answers, ...given }}
            checks={job.confirm}
            action={path}
            hidden={{ action: "answer" }}
            locale={locale}
          />
        )}
        <ImportOutcome job={job} locale={locale} />
        <ImportReview {...{ job, parts, lines, days, past, titles, locale }} action={path} />
        {rejected.rows.length > 0 && (
          <section class="card" id="set-aside">
            <header class="card__head">
              <h2>Set aside</h2>
              <span class="card__note">
                {number.format(job.counts.rejected)} {job.counts.rejected === 1 ? "row" : "rows"}{" "}
                that could not be used, and why
              </span>
            </header>
            <RejectedTable rows={rejected.rows} locale={locale} />
            <div class="pager">
              <span class="quiet">
                {rejected.total > rejected.rows.length
                  ? `First ${rejected.rows.length} of ${number.format(rejected.total)}`
                  : ""}
              </span>
              <span class="pager__links">
                {rejected.total > rejected.rows.length && (
                  <a class="button button--small" href={`${path}/rejected`}>See all</a>
                )}
                <a class="button button--small" href={`/api/imports/${encodeURIComponent(job.id)}/rejected?format=csv`}>
                  Download as CSV
                </a>
              </span>
            </div>
          </section>
        )}
      </div>
      <Said said={url.searchParams.get("said")} state={job.state} path={path} />
    </>
  );
});

/** What the button just did, with the way back; nothing once the state has moved on. */
function Said({ said, state, path }: { said: string | null; state: string; path: string }) {
  if (said !== state) return null;
  if (state === "rolled-back") {
    return (
      <Toast text="Import undone: its rows count no longer.">
        <PostButton action={path} name="restore">Restore</PostButton>
      </Toast>
    );
  }
  if (state === "published") {
    return (
      <Toast text="Import in place.">
        <PostButton action={path} name="rollback">Undo</PostButton>
      </Toast>
    );
  }
  return state === "cancelled" ? <Toast text="Import cancelled: nothing changed." /> : null;
}
