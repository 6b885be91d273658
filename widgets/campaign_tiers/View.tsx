import { NoTiers } from "@/components/forecast/NoTiers.tsx";
import { accuracyText, TiersTable } from "@/components/forecast/TiersTable.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import { formatRange } from "@/lib/format/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { CampaignTiersOptions } from "./options.ts";

/** The campaign tiers. */
export default function CampaignTiers(props: WidgetProps<CampaignTiersOptions>) {
  const { options, tiers, locale, selected, dispatch } = props;
  const title = props.title || "Campaign tiers";
  const answer = tiers?.main;
  if (answer?.state !== "ready" || !answer.accuracy.beats) {
    return (
      <TileContent title={title}>
        <NoTiers answer={answer} locale={locale} />
      </TileContent>
    );
  }
  const { accuracy, from, to } = answer;
  const asked = answer.campaigns.filter(({ tier }) => options.show.length === 0 || options.show.includes(tier));
  const shown = asked.slice(0, options.limit);
  const more = asked.length - shown.length;
  const message = `${more} ${more === 1 ? "campaign" : "campaigns"} with less spend ${
    more === 1 ? "is" : "are"
  } not listed`;
  const notices = more > 0 ? [{ code: "more-campaigns", message }] : [];
  return (
    <TileContent
      title={title}
      subtitle={`for the four weeks after ${formatRange(from, to, { locale })} · ${accuracyText(accuracy, locale)}`}
      notices={notices}
    >
      {shown.length === 0
        ? (
          <div class="tile__state">
            <p>
              <strong>No campaign here.</strong> Choose other tiers or fewer filters.
            </p>
          </div>
        )
        : (
          <TiersTable
            title={title}
            campaigns={shown}
            reasons={options.reasons}
            locale={locale}
            selected={selected}
            dispatch={dispatch}
          />
        )}
    </TileContent>
  );
}
