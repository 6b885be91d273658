import { comparedSide } from "@/components/chart/compared_side.ts";
import { metricColumn } from "@/components/chart/periods.ts";
import { ShareBar } from "@/components/chart/ShareBar.tsx";
import { addsUp } from "@/components/chart/values.ts";
import { ChooseValue, isLeftOut } from "@/components/tile/ChooseValue.tsx";
import { ChangeChip } from "@/components/tile/ChangeChip.tsx";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import { formatChange, formatMetric, valueLabel } from "@/lib/format/mod.ts";
import type { ResultRow } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { LeaderboardOptions } from "./options.ts";

/** The leaderboard. */
export default function Leaderboard(props: WidgetProps<LeaderboardOptions>) {
  const { options, result, locale } = props;
  const column = metricColumn(result, options.metric);
  const by = metricColumn(result, options.dimension).title;
  const title = props.title || `${by} by ${column.title.toLocaleLowerCase(locale)}`;
  return (
    <ResultTile title={title} result={result} metrics={[options.metric]} locale={locale}>
      {() => <Places {...props} title={title} />}
    </ResultTile>
  );
}

function Places(props: WidgetProps<LeaderboardOptions>) {
  const { title, options, result, locale, colors, selected } = props;
  const { metric, dimension } = options;
  const column = metricColumn(result, metric);
  const additive = addsUp(result, metric);
  const total = result.totals?.[metric];
  const places = result.rows.map((row, index) => ({
    row,
    now: comparedSide(result).rows[index],
    before: result.comparison?.rows[index],
  }));
  const first = places.filter(({ row }) => row.other !== true);
  // What is past the last place has a value only where values add up.
  const others = options.other && additive
    ? places.filter(({ row }) => row.other === true && row[metric] !== null)
    : [];
  // Bars of several currencies side by side would compare what cannot be compared.
  const comparable = column.format !== "currency" || result.meta.currency !== null;
  const largest = !comparable ? 0 : Math.max(0, ...first.map(({ row }) => numberOf(row, metric) ?? 0));
  const changes = result.comparison !== null;
  return (
    <div class="table__scroll">
      <table class="table leaderboard">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{metricColumn(result, dimension).title}</th>
            <th scope="col" class="table__number table__sorted table__kept">{column.title}</th>
            {additive && <th scope="col" class="table__number">Share</th>}
            {changes && <th scope="col" class="table__number table__kept">vs prev.</th>}
          </tr>
        </thead>
        <tbody>
          {[...first, ...others].map(({ row, now, before }, index) => {
            const value = numberOf(row, metric);
            const rest = row.other === true;
            const name = rest
              ? `Other (${Math.max(0, result.meta.rows - first.length)})`
              : valueLabel(dimension, row[dimension], locale);
            const color = rest ? "rest" : colors[String(row[dimension])];
            const currency = typeof row.currency === "string" ? row.currency : result.meta.currency;
            const own = rest ? null : String(row[dimension] ?? "");
            const back = isLeftOut(selected, { [dimension]: own });
            return (
              <tr key={index} class={back ? "table__back" : undefined}>
                <th scope="row" class="table__name">
                  {color !== undefined && <span class={`swatch swatch--${color}`} aria-hidden="true" />}
                  <ChooseValue {...props} field={dimension} value={own} text={name} />
                </th>
                <td
                  class="table__number table__sorted table__kept"
                  title={formatMetric(value, column, { locale, currency, exact: true })}
                >
                  {largest > 0 && !rest && <ShareBar share={(value ?? 0) / largest} color={color} />}
                  {formatMetric(value, column, { locale, currency })}
                </td>
                {additive && <td class="table__number">{share(value, total, locale)}</td>}
                {changes && (
                  <td class="table__number table__kept">
                    <ChangeChip
                      change={formatChange(numberOf(now, metric), numberOf(before, metric), column, { locale })}
                    />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function share(value: number | null, total: unknown, locale: string): string {
  const part = typeof total === "number" && total > 0 && value !== null ? value / total : null;
  return formatMetric(part, "percent", { locale, compact: true });
}

function numberOf(row: ResultRow | undefined, metric: string): number | null {
  const value = row?.[metric];
  return typeof value === "number" ? value : null;
}
