/** Tells what becomes of campaigns by what became of those that looked alike, and how right that was. Pure, synchronous. */
// @ts-types="../ml_knn.d.ts"
import KNN from "ml-knn";
import { type Tier, type TierAccuracy, TIERS } from "@/lib/model/tiers.ts";
import { type CampaignHalves, type Example, examplesOf } from "./examples.ts";

/** With fewer known endings nothing can be learned. */
export const LEAST_KNOWN = 60;
/** So many are tested at least, or the share of right ones says little. */
const LEAST_TESTED = 40;
/** In so many periods at least. */
const LEAST_ORIGINS = 3;
/** Examples at most, the newest: a question takes time by their number. */
const MOST_EXAMPLES = 3_000;
/** Neighbours at most, and at least, that are asked; in between the root of how many there are. */
const [MOST_NEIGHBOURS, FEWEST_NEIGHBOURS] = [25, 5];
/** Neighbours that are named as the reason. */
const NAMED = 3;
/** Nothing lies farther off than this many usual distances: one wild number does not decide alone. */
const FARTHEST = 3;
/** Tiers are shown where they are right more often by so many standard errors. */
const LEAST_ERRORS = 2;

/** A campaign's tier in the newest period, with the examples that stand nearest. */
export interface Classified {
  key: string;
  tier: Tier;
  share: number;
  neighbours: { key: string; period: number; became: Tier }[];
}

/** What was learned. */
export interface Classification {
  known: number;
  /** Null where too little is known to test it. */
  accuracy: TierAccuracy | null;
  /** Every campaign of the newest period; none where the tiers are not right often enough. */
  campaigns: Classified[];
}

type Known = Example & { label: Tier };

/** Learns from every known ending, tests itself looking back, and tells the newest period. */
export function classifyCampaigns(campaigns: readonly CampaignHalves[], halves: number): Classification {
  const examples = examplesOf(campaigns, halves);
  const known = examples.filter((one): one is Known => one.label !== null).slice(-MOST_EXAMPLES)
    .toSorted((a, b) => a.period - b.period || (a.key < b.key ? -1 : 1));
  if (known.length < LEAST_KNOWN) return { known: known.length, accuracy: null, campaigns: [] };
  const accuracy = lookBack(known);
  if (!accuracy?.beats) return { known: known.length, accuracy, campaigns: [] };
  const learned = learn(known);
  const last = Math.floor(halves / 2) - 1;
  const newest = examples.filter(({ period }) => period === last);
  return { known: known.length, accuracy, campaigns: newest.map((one) => tell(learned, one)) };
}

/** Each period in turn is told by those alone whose endings were known when it ended. */
function lookBack(known: readonly Known[]): TierAccuracy | null {
  const periods = [...new Set(known.map(({ period }) => period))];
  let [right, usual, origins] = [0, 0, 0];
  // By period: what one season does to all campaigns is one surprise, not as many as there are campaigns.
  const differences: number[][] = [];
  for (const period of periods) {
    const before = known.filter((one) => one.period < period);
    if (before.length < LEAST_KNOWN / 2) continue;
    const learned = learn(before);
    const most = majorityOf(before);
    const own: number[] = [];
    differences.push(own);
    origins++;
    for (const one of known.filter((one) => one.period === period)) {
      const [told, said] = [predicted(learned, one) === one.label, most === one.label];
      right += Number(told);
      usual += Number(said);
      own.push(Number(told) - Number(said));
    }
  }
  const tested = differences.flat().length;
  if (tested < LEAST_TESTED || origins < LEAST_ORIGINS) return null;
  const mean = (right - usual) / tested;
  const offOf = (some: readonly number[]) => some.reduce((sum, one) => sum + one - mean, 0);
  const [single, grouped] = [differences.flat().map((one) => [one]), differences].map((groups) =>
    Math.sqrt(groups.reduce((sum, group) => sum + offOf(group) ** 2, 0)) / tested
  ) as [number, number];
  const error = Math.max(single, grouped);
  return {
    accuracy: right / tested,
    baseline: usual / tested,
    majority: majorityOf(known),
    error,
    beats: mean > LEAST_ERRORS * error && mean > 0,
    tested,
    origins,
    learned: known.length,
  };
}

interface Learned {
  knn: KNN;
  known: readonly Known[];
  /** By the point's text: the package gives points back, not their places. */
  places: Map<string, Known[]>;
  scale(features: readonly number[]): number[];
  neighbours: number;
}

function learn(known: readonly Known[]): Learned {
  const scale = scaleOf(known);
  const points = known.map(({ features }) => scale(features));
  const places = Map.groupBy(known, (one) => scale(one.features).join(" "));
  const root = Math.round(Math.sqrt(known.length));
  const wanted = Math.min(MOST_NEIGHBOURS, Math.max(FEWEST_NEIGHBOURS, root - (1 - root % 2)));
  const neighbours = Math.min(wanted, known.length);
  const knn = new KNN(points, known.map(({ label }) => TIERS.indexOf(label)), { k: neighbours });
  return { knn, known, places, scale, neighbours };
}

function predicted({ knn, scale }: Learned, { features }: Example): Tier {
  return TIERS[knn.predict(scale(features))]!;
}

function tell(learned: Learned, example: Example): Classified {
  const { knn, scale, neighbours, places } = learned;
  const tier = predicted(learned, example);
  const near = knn.kdTree.nearest(scale(example.features), neighbours).toSorted(([, a], [, b]) => a - b);
  const votes = near.filter(([point]) => TIERS[point.at(-1)!] === tier).length;
  // Those that became so are the reason; each campaign is named once, and none by itself.
  const alike = near.flatMap(([point]) => places.get(point.slice(0, -1).join(" ")) ?? [])
    .filter(({ key, label }) => key !== example.key && label === tier);
  const named = [...new Map(alike.toReversed().map((one) => [one.key, one])).values()].toReversed();
  return {
    key: example.key,
    tier,
    share: votes / near.length,
    neighbours: named.slice(0, NAMED).map(({ key, period, label }) => ({ key, period, became: label })),
  };
}

/** Middle and usual distance of each feature; what cannot be told stands in the middle. */
function scaleOf(known: readonly Known[]): Learned["scale"] {
  const parts = (known[0]?.features ?? []).map((_, at) => {
    const values = known.map(({ features }) => features[at]!).filter(Number.isFinite).toSorted((a, b) => a - b);
    const quantile = (part: number) => values[Math.floor(part * (values.length - 1))] ?? 0;
    return { middle: quantile(0.5), spread: (quantile(0.75) - quantile(0.25)) / 1.35 };
  });
  return (features) =>
    parts.map(({ middle, spread }, at) => {
      const value = features[at]!;
      if (!Number.isFinite(value) || !(spread > 0)) return 0;
      return Math.max(-FARTHEST, Math.min(FARTHEST, (value - middle) / spread));
    });
}

function majorityOf(known: readonly Known[]): Tier {
  const counts = TIERS.map((tier) => known.filter(({ label }) => label === tier).length);
  return TIERS[counts.indexOf(Math.max(...counts))]!;
}
