/** Answers a question to one dataset: read, checked, asked of the warehouse once per state of the data, and put together. */
import { createHash } from "node:crypto";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import type { Dataset, MetricQuery, MetricResult, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetRef, DatasetState } from "@/lib/warehouse/mod.ts";
import { answerQuery, type RatesSource, type TimelessResult } from "./answer_query.ts";
import type { ResolvedSpans } from "./ask_facts.ts";
import { compareRange } from "./compare_range.ts";
import type { JoinedDataset } from "./join_datasets.ts";
import { loadOthers } from "./load_others.ts";
import { parseMetricQuery, queryError } from "./parse_query.ts";
import { planQuery } from "./plan_query.ts";
import { resolveRange } from "./resolve_range.ts";

/** Raise it when the same question over the same data would be answered otherwise: cached answers end with it. */
const COMPILER = 6;

/** An impossible span: a range that holds no day is asked like any other, and finds nothing. */
const NO_DAY = { from: "0001-01-02", to: "0001-01-01" };

/**
 * Answers a question. Throws `InputError` naming the field for a question that cannot be answered, and `NotFoundError`
 * for a dataset that is not there; what could not be answered as asked is said in `meta.notices`.
 */
export async function runMetricQuery(
  services: Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">,
  viewer: Viewer,
  input: unknown,
): Promise<MetricResult> {
  const began = performance.now();
  const query = parseMetricQuery(input);
  const dataset = await getDataset(services, viewer.workspace, query.dataset);
  const ref: DatasetRef = { workspace: viewer.workspace, dataset };
  const named = await loadOthers(services, viewer.workspace, dataset, query);
  // Which of them take part is known only once the formulas are taken apart; most questions name none.
  const joining = named.size > 0 ? planQuery(dataset, query, named).others : [];
  const { own, others } = await readStates(services, ref, joining, query);
  const version = await resolveVersion(services, ref, own, query);
  const state = joinStates(own, others.map((other) => other.state));
  const spans = resolveSpans(query, dataset, state, services.clock.now());
  const rates = query.currency === undefined ? null : await ratesOf(services, viewer.workspace);
  const asOf = version === state.version ? state.asOf : momentOf(query);
  const reported = asOf?.slice(0, 10) ?? null;
  const key = cacheKey(ref, version, query, { spans, rates, others, reported });
  const { value, cached } = await services.cache.through(key, async () => {
    const plan = planQuery(dataset, query, named);
    const asking = { warehouse: services.warehouse, ref, version, plan, others };
    const answer = await answerQuery(asking, { state, spans, rates, sources: services.sources, reported });
    return JSON.stringify(answer);
  });
  const answer: TimelessResult = JSON.parse(value);
  const notices = [...rangeNotices(query, spans), ...answer.meta.notices];
  const milliseconds = Math.round((performance.now() - began) * 1_000) / 1_000;
  return { ...answer, meta: { ...answer.meta, asOf, cached, milliseconds, notices } };
}

async function resolveVersion(
  services: Pick<Services, "warehouse">,
  ref: DatasetRef,
  state: DatasetState,
  query: MetricQuery,
): Promise<number> {
  const { asOf } = query;
  if (asOf === undefined) return state.version;
  if (typeof asOf === "string") return await services.warehouse.versionAsOf(ref, asOf);
  if (asOf <= state.version) return await services.warehouse.versionAsOf(ref, String(asOf));
  const message = `dataset "${ref.dataset.id}" has no version ${asOf}; the current one is ${state.version}`;
  throw queryError("unknown-as-of", "asOf", message);
}

/** How often states are read until they stood at one moment; somebody may publish without a pause. */
const READINGS = 5;

/**
 * What stands in every dataset that takes part, at one moment: what was published into several together is never seen in
 * some of them only. Where the versions are the same in two readings, all of them stood in between.
 */
async function readStates(
  services: Pick<Services, "warehouse">,
  ref: DatasetRef,
  joining: Dataset[],
  query: MetricQuery,
): Promise<{ own: DatasetState; others: (JoinedDataset & { state: DatasetState })[] }> {
  const read = async () => {
    const others = await Promise.all(
      joining.map((dataset) => readOther(services, { workspace: ref.workspace, dataset }, query)),
    );
    const own = await services.warehouse.state(ref);
    return { own, others, versions: [own, ...others.map(({ state }) => state)].map(({ version }) => version).join() };
  };
  let found = await read();
  for (let reading = 1; joining.length > 0 && reading < READINGS; reading++) {
    const again = await read();
    if (again.versions === found.versions) break;
    found = again;
  }
  return found;
}

/** Another dataset that takes part. A number or an import says when in the life of one dataset only. */
async function readOther(
  services: Pick<Services, "warehouse">,
  ref: DatasetRef,
  query: MetricQuery,
): Promise<JoinedDataset & { state: DatasetState }> {
  const { asOf } = query;
  if (asOf !== undefined && !isMoment(asOf)) {
    const message = `a question that takes numbers from "${ref.dataset.id}" too is asked as of a moment, ` +
      `such as "2026-01-31T12:00:00Z"`;
    throw queryError("unknown-as-of", "asOf", message);
  }
  const state = await services.warehouse.state(ref);
  return { ref, state, version: await resolveVersion(services, ref, state, query) };
}

function isMoment(asOf: MetricQuery["asOf"]): asOf is string {
  return typeof asOf === "string" && /^\d{4}-\d\d/.test(asOf);
}

/** What stands in several datasets, as far as a question asks for it. */
function joinStates(own: DatasetState, others: DatasetState[]): DatasetState {
  if (others.length === 0) return own;
  const all = [own, ...others];
  const ranges = all.flatMap(({ range }) => range ?? []);
  const days = ranges.flatMap(({ from, to }) => [from, to]).sort();
  const [from, to] = [days[0], days.at(-1)];
  return {
    ...own,
    asOf: all.flatMap(({ asOf }) => asOf ?? []).sort().at(-1) ?? null,
    range: from !== undefined && to !== undefined ? { from, to } : null,
    currencies: [...new Set(all.flatMap(({ currencies }) => currencies))].sort(),
  };
}

/** The rates as they stand now: also amounts of the past are converted at the rates known today. */
async function ratesOf(services: Pick<Services, "documents" | "warehouse">, workspace: string): Promise<RatesSource> {
  const ref = { workspace, dataset: await getDataset(services, workspace, "rates") };
  const { version } = await services.warehouse.state(ref);
  return { ref, version };
}

function resolveSpans(query: MetricQuery, dataset: Dataset, state: DatasetState, now: Date): ResolvedSpans {
  const { range, compare, grain } = query;
  const told = resolve();
  const isAll = range === undefined || "all" in range;
  const asked = isAll ? null : told ?? NO_DAY;
  const compared = compare && told ? compareRange(compare, told, { range, grain }) : null;
  return { asked, told, compared };

  function resolve() {
    try {
      return resolveRange(range, { timeZone: dataset.timeZone, now, dataRange: state.range });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message =
        `Cannot tell what today is: dataset "${dataset.id}" has the unknown time zone "${dataset.timeZone}"`;
      throw new InputError("bad-time-zone", message, {}, 422);
    }
  }
}

/** Everything an answer depends on: so nothing is invalidated by hand, and nothing stale is served. */
function cacheKey(
  { workspace, dataset }: DatasetRef,
  version: number,
  query: MetricQuery,
  { spans, rates, others, reported }: {
    reported: string | null;
    spans: ResolvedSpans;
    rates: RatesSource | null;
    others: readonly JoinedDataset[];
  },
): string {
  const { range: _range, asOf: _asOf, ...rest } = query;
  // The definition itself beside its number: a built-in one changes with the program, not with a number.
  const parts = [
    version,
    dataset.definitionVersion,
    definitionHash(dataset),
    COMPILER,
    reported,
    rest,
    spans,
    rates && [rates.version, definitionHash(rates.ref.dataset)],
    others.map((other) => [other.ref.dataset.id, other.version, definitionHash(other.ref.dataset)]),
  ];
  return `query:${workspace}:${dataset.id}:${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`;
}

const hashes = new WeakMap<Dataset, string>();

function definitionHash(dataset: Dataset): string {
  let hash = hashes.get(dataset);
  if (hash === undefined) {
    hash = createHash("sha256").update(JSON.stringify(dataset)).digest("hex");
    hashes.set(dataset, hash);
  }
  return hash;
}

function rangeNotices({ range }: MetricQuery, { told }: ResolvedSpans): MetricResult["meta"]["notices"] {
  if (told !== null || range === undefined || "all" in range) return [];
  const unit = "this" in range ? `this ${range.this}` : "the range";
  return [{ code: "range-empty", message: `No day of ${unit} is over yet; include today to see it as it stands` }];
}

/** The moment an answer about the past was asked for; an older version or import does not say one. */
function momentOf({ asOf }: MetricQuery): string | null {
  const time = isMoment(asOf) ? Date.parse(asOf) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
