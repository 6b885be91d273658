import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { ApartToast } from "@/components/data/ApartToast.tsx";
import { ColumnsTable } from "@/components/data/ColumnsTable.tsx";
import { levelWords } from "@/components/data/level_words.ts";
import { NumbersThenCard } from "@/components/data/NumbersThenCard.tsx";
import { MetricsTable } from "@/components/data/MetricsTable.tsx";
import { TakeApartCard } from "@/components/data/TakeApartCard.tsx";
import { EmptyState } from "@/components/EmptyState.tsx";
import { dashboardLinks } from "@/components/home/dashboard_links.ts";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { listDashboards } from "@/lib/dashboard/mod.ts";
import { formulaWords } from "@/components/metrics/completions.ts";
import MetricBuilder from "@/islands/MetricBuilder.tsx";
import RulesEditor from "@/islands/RulesEditor.tsx";
import TaxonomyEditor from "@/islands/TaxonomyEditor.tsx";
import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { partVersion } from "@/lib/dataset/part_version.ts";
import { takeUrlsApart, urlColumns } from "@/lib/dataset/url_columns.ts";
import { addedMetrics } from "@/lib/query/save_metric.ts";
import { batchProgress } from "@/lib/ingest/batch_progress.ts";
import { NO_CURRENCY } from "@/lib/ingest/decide_origin.ts";
import { numbersThen } from "@/lib/ingest/numbers_then.ts";
import { takeBackBatch } from "@/lib/ingest/repeat_batch.ts";
import { filesToTakeApart, takeApart } from "@/lib/ingest/take_apart.ts";
import { type Dataset, impliedRules, pageFiltersSchema } from "@/lib/model/mod.ts";
import { define, type State } from "@/lib/define.ts";
import { InputError, TesseraError } from "@/lib/errors.ts";
import { formatRange, valueLabel } from "@/lib/format/mod.ts";
import { formatAgo } from "@/lib/format/moment.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { readForm } from "@/lib/http/read_form.ts";
import { namesToTry } from "@/lib/ingest/known_names.ts";

/** Names that patterns are tried on while they are typed. */
const MOST_NAMES = 300;

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await load(ctx.state, ctx.params.id!, ctx.req, ctx.url));
  },
  /** A form of the page: done, then back to it, saying what was done. */
  async POST(ctx) {
    const id = ctx.params.id!;
    try {
      const said = await change(ctx.state, id, await readForm(ctx.req));
      return ctx.redirect(`/data/datasets/${encodeURIComponent(id)}?${new URLSearchParams(said)}`, 303);
    } catch (error) {
      if (!(error instanceof TesseraError) || error.status >= 500 || error.status === 404) throw error;
      const shown = await load(ctx.state, id, ctx.req, ctx.url);
      return page({ ...shown, problem: error.message }, { status: error.status });
    }
  },
});

/** Does what a form asks for; answers what the page says about it. */
async function change({ services, viewer }: State, id: string, form: FormData): Promise<Record<string, string>> {
  switch (form.get("action")) {
    case "apart": {
      const { batch, repeats } = await takeApart(services, viewer, id);
      return { batch, of: String(repeats.length) };
    }
    case "url":
      await takeUrlsApart(services, viewer, id, String(form.get("column") ?? ""));
      return { said: "url" };
    case "take-back":
      await takeBackBatch(services, viewer, String(form.get("batch") ?? ""));
      return { said: "taken-back" };
    default:
      throw new InputError("unknown-action", "Cannot do that with the dataset; use the buttons of the page", {}, 400);
  }
}

async function load({ services, viewer }: State, id: string, request: Request, url: URL) {
  const dataset = await getDataset(services, viewer.workspace, id);
  const ref = { workspace: viewer.workspace, dataset };
  await services.warehouse.ensure(ref);
  const names = namedColumns(dataset);
  const taken = [
    ...new Set([...dataset.taxonomies.map(({ column }) => column), ...names.slice(0, 1).map((c) => c.name)]),
  ];
  const asked = pageFiltersSchema.shape.asOf.safeParse(url.searchParams.get("asOf") || undefined);
  const asOf = asked.data ?? null;
  const [state, dashboards, others, values, numbers, urls, batch] = await Promise.all([
    services.warehouse.state(ref),
    listDashboards(services, viewer),
    listDatasets(services, viewer.workspace),
    Promise.all(taken.map(async (column) => [column, await namesToTry(services, ref, column, MOST_NAMES)] as const)),
    numbersThen(services, viewer, dataset, asOf),
    urlColumns(services, ref),
    batchProgress(services, viewer, url.searchParams),
  ]);
  const isApart = dataset.taxonomies.length > 0 || urls.some(({ parts }) => parts.length > 0);
  const files = isApart ? await filesToTakeApart(services, viewer, dataset) : 0;
  return {
    dataset,
    state,
    numbers,
    asOf,
    names,
    values: Object.fromEntries(values),
    others: others.filter(({ id }) => id !== dataset.id).map(({ id, title, columns }) => ({
      id,
      title,
      columns: columns.filter(({ type }) => type === "text").map(({ name, title }) => ({ name, title })),
    })),
    words: formulaWords(dataset, others.filter(({ id }) => id !== dataset.id)),
    added: addedMetrics(dataset).map(({ name, title }) => ({ name, title })),
    dashboard: dashboardLinks(dashboards.map(({ doc }) => doc))[dataset.id],
    apart: { urls, files, batch },
    said: url.searchParams.get("said"),
    problem: null as string | null,
    now: services.clock.now(),
    locale: readLocale(request),
  };
}

export default define.page<typeof handlers>(function DatasetPage({ data }) {
  const {
    dataset,
    state,
    numbers,
    asOf,
    dashboard,
    names,
    values,
    others,
    words,
    added,
    apart,
    said,
    problem,
    now,
    locale,
  } = data;
  const path = `/data/datasets/${encodeURIComponent(dataset.id)}`;
  const works = apart.batch !== null && !apart.batch.stopped && apart.batch.done < apart.batch.of;
  const number = new Intl.NumberFormat(locale);
  const importHref = `/data/import?dataset=${encodeURIComponent(dataset.id)}`;
  const levels = state.levels.filter(({ rows }) => rows > 0);
  const platforms = [...new Set(state.accounts.map(({ platform }) => platform))];
  return (
    <>
      <Head>
        <title>{dataset.title} · Tessera</title>
        <link rel="stylesheet" href={asset("/imports.css")} />
        {works && <meta http-equiv="refresh" content="2" />}
      </Head>
      <PageHeader title={dataset.title} note={dataset.description} up={{ href: "/data", title: "Data" }}>
        {state.rows > 0 && (
          <a class="button" href={`/data/datasets/${encodeURIComponent(dataset.id)}/quality`}>Quality</a>
        )}
        {state.rows > 0 && (
          <a class="button" href={`/data/datasets/${encodeURIComponent(dataset.id)}/forecasts`}>Forecasts</a>
        )}
        {dashboard && <a class="button" href={dashboard.href}>Open {dashboard.title}</a>}
        {state.rows > 0 && <a class="button button--primary" href={importHref}>Import a file</a>}
      </PageHeader>
      <div class="stack">
        {problem && <Notice tone="bad" title="That could not be done" text={problem} />}
        {apart.batch?.stopped && (
          <Notice
            tone="warn"
            title={`“${apart.batch.stopped.filename}” did not go in again`}
            text={apart.batch.stopped.why}
          >
            <p>
              <a href={`/data/imports/${encodeURIComponent(apart.batch.stopped.id)}`}>See the import</a>
            </p>
          </Notice>
        )}
        {state.rows === 0
          ? (
            <EmptyState
              title="No rows yet"
              text={`Import a file to fill ${dataset.title}. It needs a date and at least one of the numbers listed below.`}
            >
              <a class="button button--primary" href={importHref}>Import a file</a>
            </EmptyState>
          )
          : (
            <>
              <dl class="facts">
                <Fact name="Rows" value={number.format(state.rows)} />
                <Fact
                  name="Days"
                  value={state.range ? formatRange(state.range.from, state.range.to, { locale, year: true }) : "–"}
                />
                <Fact name="Changed" value={state.asOf ? formatAgo(state.asOf, now, locale) : "–"} />
                <Fact
                  name="Currencies"
                  value={state.currencies.map((code) => code === NO_CURRENCY ? "not known" : code).join(", ") || "–"}
                />
              </dl>
              {state.currencies.includes(NO_CURRENCY) && (
                <Notice tone="warn" title="Some amounts have no currency" text="Their files name none.">
                  <p>
                    <a href={`/data/settings#unnamed-${dataset.id}`}>Say which it is</a>
                  </p>
                </Notice>
              )}
              {numbers.lines.length > 0 && (
                <NumbersThenCard
                  numbers={numbers}
                  asOf={asOf}
                  action={`/data/datasets/${encodeURIComponent(dataset.id)}`}
                  locale={locale}
                />
              )}
              <div class="columns">
                <section class="card">
                  <header class="card__head">
                    <h2>Broken down by</h2>
                    <span class="card__note">never added together: a question uses one</span>
                  </header>
                  <table class="table">
                    <caption class="visually-hidden">Rows by what they are broken down by</caption>
                    <tbody>
                      {levels.map(({ level, grain, rows }) => (
                        <tr key={`${level} ${grain}`}>
                          <th scope="row">
                            {levelWords(level, dataset.columns)}
                            <span class="table__aside">per {grain}</span>
                          </th>
                          <td class="number">{number.format(rows)} rows</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </section>
                <section class="card">
                  <header class="card__head">
                    <h2>Accounts</h2>
                    <span class="card__note">by platform</span>
                  </header>
                  <table class="table">
                    <caption class="visually-hidden">Accounts by platform</caption>
                    <tbody>
                      {platforms.map((platform) => (
                        <tr key={platform}>
                          <th scope="row">{valueLabel("platform", platform, locale)}</th>
                          <td>
                            {state.accounts.filter((a) => a.platform === platform).map((a) => a.account || "–").join(
                              ", ",
                            )}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </section>
              </div>
            </>
          )}
        <details class="card card--fold" id="rules" open={state.rows > 0}>
          <summary>
            <h2>Rules</h2>
            <span class="card__note">what rows must be like, and what happens where they are not</span>
          </summary>
          <RulesEditor
            dataset={{
              id: dataset.id,
              columns: dataset.columns.map(({ name, title, role, type, additive }) => ({
                name,
                title,
                role,
                type,
                additive,
              })),
            }}
            rules={dataset.rules}
            version={partVersion(dataset.rules)}
            implied={dataset.columns.flatMap(impliedRules)}
            datasets={others}
          />
        </details>
        {names.length > 0 && (
          <details class="card card--fold" id="names" open={dataset.taxonomies.length > 0}>
            <summary>
              <h2>Names</h2>
              <span class="card__note">take them apart into columns of their own</span>
            </summary>
            <TaxonomyEditor
              dataset={dataset.id}
              columns={names}
              taxonomies={dataset.taxonomies}
              version={partVersion(dataset.taxonomies)}
              names={values}
            />
          </details>
        )}
        {(apart.urls.length > 0 || apart.files > 0) && state.rows > 0 && (
          <TakeApartCard {...apart} action={path} locale={locale} />
        )}
        <details class="card card--fold">
          <summary>
            <h2>Metrics</h2>
            <span class="card__note">{number.format(dataset.metrics.length)} that can be asked</span>
          </summary>
          <MetricsTable metrics={dataset.metrics} />
        </details>
        <details class="card card--fold" id="metric" open={added.length > 0}>
          <summary>
            <h2>New metric</h2>
            <span class="card__note">a formula of others, for everybody from then on</span>
          </summary>
          <MetricBuilder
            dataset={{ id: dataset.id, title: dataset.title }}
            words={words}
            added={added}
            locale={locale}
          />
        </details>
        <details class="card card--fold" open={state.rows === 0}>
          <summary>
            <h2>Columns</h2>
            <span class="card__note">
              {number.format(dataset.columns.length)}{" "}
              that a file may bring, under these names or others that mean the same
            </span>
          </summary>
          <ColumnsTable columns={dataset.columns} />
        </details>
      </div>
      <ApartToast said={said} batch={apart.batch} action={path} />
    </>
  );
});

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div class="card fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Text columns that hold names: what people wrote, not ids. */
function namedColumns({ columns }: Dataset): { name: string; title: string }[] {
  const isName = ({ name, labels, identity, type }: Dataset["columns"][number]) =>
    type === "text" && (labels !== undefined || identity) && !/(^|_)id$|^platform$/.test(name);
  const named = columns.filter(isName).map(({ name, title }) => ({ name, title }));
  // Campaigns are what people name by a pattern; whatever else comes after.
  return named.toSorted((a, b) => Number(b.name === "campaign") - Number(a.name === "campaign"));
}
