/** Campaigns with what becomes of them, the numbers that it is told from, and those that they behave like. */
import { ChangeChip } from "@/components/tile/ChangeChip.tsx";
import { ChooseValue, isLeftOut } from "@/components/tile/ChooseValue.tsx";
import { formatMetric, formatRange, valueLabel } from "@/lib/format/mod.ts";
import type { CampaignTier, TierAccuracy, TierNeighbour } from "@/lib/model/mod.ts";
import type { WidgetEvent } from "@/lib/widget/mod.ts";

/** A word for each tier, and whether it is good news. */
const TIER_WORDS = {
  rising: { text: "Rising", tone: "good" },
  steady: { text: "Steady", tone: "neutral" },
  fading: { text: "Fading", tone: "bad" },
  wasteful: { text: "Wasteful", tone: "bad" },
} as const;
/** As a verb, of what looked alike. */
const BECAME = { rising: "rose", steady: "kept steady", fading: "faded", wasteful: "was wasteful" };

/** What the table needs. */
export interface TiersTableProps {
  title: string;
  campaigns: CampaignTier[];
  /** Show what they behave like. */
  reasons: boolean;
  locale: string;
  selected?: Record<string, string[]>;
  dispatch?: (event: WidgetEvent) => void;
}

/** The table. */
export function TiersTable({ title, campaigns, reasons, locale, selected, dispatch }: TiersTableProps) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return (
    <div class="table__scroll" tabIndex={0} role="region" aria-label={`${title}, listed`}>
      <table class="table tiers">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Campaign</th>
            <th scope="col" class="tiers__tier">Tier</th>
            <th scope="col" class="table__number">Spend</th>
            <th scope="col" class="table__number">ROAS</th>
            <th scope="col" class="table__number">Trend</th>
            {reasons && <th scope="col" class="table__words">Behaves like</th>}
          </tr>
        </thead>
        <tbody>
          {campaigns.map(({ campaign, platform, currency, tier, share, spend, roas, trend, neighbours }) => (
            <tr
              key={`${platform} ${campaign} ${currency}`}
              class={isLeftOut(selected, { campaign }) ? "table__back" : undefined}
            >
              <th scope="row" class="table__name">
                <ChooseValue
                  field="campaign"
                  value={campaign}
                  text={campaign}
                  selected={selected}
                  dispatch={dispatch}
                />
                {platform && <span class="tiers__platform">{valueLabel("platform", platform, locale)}</span>}
              </th>
              <td class="tiers__tier" title={`${percent.format(share)} of those that looked alike became so`}>
                <ChangeChip change={{ ...TIER_WORDS[tier], direction: "flat" }} />
              </td>
              <td class="table__number" title={formatMetric(spend, "currency", { locale, currency, exact: true })}>
                {formatMetric(spend, "currency", { locale, currency })}
              </td>
              <td class="table__number">{formatMetric(roas, "ratio", { locale })}</td>
              <td class="table__number">
                {trend === null ? "–" : formatMetric(trend - 1, "percent", { locale, sign: true, compact: true })}
              </td>
              {reasons && <td class="table__words" title={all(neighbours, locale)}>{reasonText(neighbours, locale)}
              </td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How right tiers were: "right 67% of the time, 39% by always saying steady". */
export function accuracyText({ accuracy, baseline, majority }: TierAccuracy, locale: string): string {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return `right ${percent.format(accuracy)} of the time, ${percent.format(baseline)} by always saying ${majority}`;
}

function reasonText([first]: TierNeighbour[], locale: string): string {
  return first ? one(first, locale) : "its own past";
}

function all(neighbours: TierNeighbour[], locale: string): string {
  return neighbours.map((neighbour) => one(neighbour, locale)).join("\n");
}

function one({ campaign, platform, from, to, became }: TierNeighbour, locale: string): string {
  const where = platform ? ` (${valueLabel("platform", platform, locale)})` : "";
  return `${campaign}${where}, ${formatRange(from, to, { locale, year: true })}, which ${BECAME[became]}`;
}
