import { useState } from "preact/hooks";
import { metricColumn } from "@/components/chart/periods.ts";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import { formatMetric, valueLabel } from "@/lib/format/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { FilterListOptions } from "./options.ts";

/** Fewer can be seen at a glance. */
const SEARCHED_FROM = 8;

/** The filter list. */
export default function FilterList(props: WidgetProps<FilterListOptions>) {
  const { options, result, locale } = props;
  const { title: dimension } = metricColumn(result, options.dimension);
  const { title: metric } = metricColumn(result, options.metric);
  return (
    <ResultTile
      title={props.title || dimension}
      subtitle={`by ${metric.toLocaleLowerCase(locale)}`}
      result={result}
      metrics={[options.metric]}
      locale={locale}
    >
      {() => <Choices {...props} name={dimension} />}
    </ResultTile>
  );
}

function Choices(props: WidgetProps<FilterListOptions> & { name: string }) {
  const { options, result, locale, selected, dispatch, name } = props;
  const [search, setSearch] = useState("");
  const { dimension, metric } = options;
  const column = metricColumn(result, metric);
  const ticked = selected?.[dimension] ?? [];
  const rows = result.rows.map((row) => ({
    row,
    value: String(row[dimension] ?? ""),
    label: valueLabel(dimension, row[dimension], locale),
  }));
  // What is ticked stays in sight although it has no rows in this range, so that it can be taken back.
  const gone = ticked.filter((value) => !rows.some((row) => row.value === value))
    .map((value) => ({ row: {}, value, label: valueLabel(dimension, value, locale) }));
  const words = search.trim().toLocaleLowerCase(locale);
  const listed = [...gone, ...rows].filter(({ label }) => label.toLocaleLowerCase(locale).includes(words));
  const left = result.meta.rows - result.rows.length;
  return (
    <div class="choices">
      {rows.length >= SEARCHED_FROM && (
        <input
          class="input choices__search"
          type="search"
          aria-label={`Search ${name}`}
          placeholder={`Search ${name.toLocaleLowerCase(locale)}`}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul class="choices__list" aria-label={name}>
        {listed.map(({ row, value, label }, index) => {
          const number = (row as Record<string, unknown>)[metric];
          const currency = (row as Record<string, unknown>).currency ?? result.meta.currency;
          return (
            <li key={`${value} ${index}`}>
              <label>
                <input
                  type="checkbox"
                  checked={ticked.includes(value)}
                  disabled={!dispatch}
                  onChange={() => dispatch?.({ type: "select", field: dimension, value, additive: true })}
                />
                <span class="choices__label" title={label}>{label}</span>
                <span class="choices__number">
                  {formatMetric(typeof number === "number" ? number : null, column, {
                    locale,
                    currency: typeof currency === "string" ? currency : null,
                  })}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {listed.length === 0 && <p class="choices__note">Nothing here is called “{search}”.</p>}
      {left > 0 && <p class="choices__note">{left} smaller ones are not listed.</p>}
    </div>
  );
}
