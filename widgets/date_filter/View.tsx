import { useState } from "preact/hooks";
import { COMPARE_CHOICES, RANGE_PRESETS } from "@/components/dashboard/range_presets.ts";
import { TileContent } from "@/components/tile/TileContent.tsx";
import { formatRange } from "@/lib/format/mod.ts";
import { writeRange } from "@/lib/model/page_filters_text.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { DateFilterOptions } from "./options.ts";

type Props = WidgetProps<DateFilterOptions>;

/** The date filter. */
export default function DateFilter(props: Props) {
  const { title, options, page, locale } = props;
  const days = page?.days;
  return (
    <TileContent title={title || "Days"} subtitle={days ? formatRange(days.from, days.to, { locale, year: true }) : ""}>
      <div class="days">
        <Presets {...props} />
        {options.custom && <FixedDays key={days ? `${days.from} ${days.to}` : ""} {...props} />}
        {options.compare && <Compared {...props} />}
      </div>
    </TileContent>
  );
}

function Presets({ options, page, dispatch }: Props) {
  const chosen = page?.range && writeRange(page.range);
  const offered = RANGE_PRESETS.filter(({ range }) => options.presets.includes(writeRange(range)));
  if (offered.length === 0) return null;
  return (
    <div class="days__presets" role="group" aria-label="Days">
      {offered.map(({ title, range }) => (
        <button
          key={title}
          type="button"
          class="days__preset"
          aria-pressed={chosen === writeRange(range)}
          disabled={!dispatch}
          onClick={() => dispatch?.({ type: "days", range })}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

/** Two days; the page shows them as soon as both are there and in order. */
function FixedDays({ page, dispatch }: Props) {
  const [days, setDays] = useState({ from: page?.days?.from ?? "", to: page?.days?.to ?? "" });
  const fault = days.from && days.to && days.from > days.to ? "The first day is after the last one" : "";
  const choose = (event: Event) => {
    event.preventDefault();
    if (days.from && days.to && !fault) dispatch?.({ type: "days", range: days });
  };
  return (
    <form class="days__fixed" onSubmit={choose}>
      {(["from", "to"] as const).map((end) => (
        <label key={end}>
          {end === "from" ? "From" : "To"}
          <input
            class="input"
            type="date"
            required
            value={days[end]}
            disabled={!dispatch}
            aria-invalid={fault !== ""}
            onInput={(event) => setDays({ ...days, [end]: event.currentTarget.value })}
          />
        </label>
      ))}
      <button type="submit" class="button button--small" disabled={!dispatch || fault !== ""}>Show these days</button>
      {fault && <p class="field-error" role="alert">{fault}</p>}
    </form>
  );
}

function Compared({ page, dispatch }: Props) {
  return (
    <label class="days__compare">
      Compared with
      <select
        class="select"
        value={page?.compare ?? "none"}
        disabled={!dispatch}
        onChange={(event) => {
          const choice = COMPARE_CHOICES.find(({ compare }) => compare === event.currentTarget.value);
          if (choice) dispatch?.({ type: "days", compare: choice.compare });
        }}
      >
        {COMPARE_CHOICES.map(({ title, compare }) => (
          <option key={compare} value={compare} selected={compare === (page?.compare ?? "none")}>{title}</option>
        ))}
      </select>
    </label>
  );
}
