import { formatRange } from "@/lib/format/mod.ts";
import type { TiersAnswer } from "@/lib/model/mod.ts";
import { NoTiers } from "./NoTiers.tsx";
import { accuracyText, TiersTable } from "./TiersTable.tsx";

/** The tiers of a dataset's campaigns on its page, with how right such tiers were, and by which rules they are told. */
export function TiersPart({ answer, locale }: { answer: TiersAnswer; locale: string }) {
  if (answer.state !== "ready") return <NoTiers answer={answer} locale={locale} />;
  const { accuracy: { beats, tested, origins }, accuracy, from, to, result, campaigns } = answer;
  const number = new Intl.NumberFormat(locale);
  return (
    <>
      {beats
        ? (
          <>
            <p class="tiers__note">
              From {formatRange(from, to, { locale, year: true })}, for the four weeks after:{" "}
              {accuracyText(accuracy, locale)}.
            </p>
            <TiersTable title="Campaign tiers" campaigns={campaigns} reasons locale={locale} />
          </>
        )
        : <NoTiers answer={answer} locale={locale} />}
      <p class="tiers__note">
        Tested on {number.format(tested)} periods of campaigns in {origins}{" "}
        looks back, each learning from earlier periods alone. Wasteful: less than half of everybody's{" "}
        {result.title.toLowerCase()} for the spend. Rising and fading: 15 % more or less {result.title.toLowerCase()}
        {" "}
        than in the four weeks before. Steady: the others.
      </p>
    </>
  );
}
