import { Chart } from "@/components/chart/Chart.tsx";
import { chanceText, daysLeft, endOfTotal, lastDay, soFar, unitName } from "@/components/forecast/unit_words.ts";
import { type Figure, Figures } from "@/components/tile/Figures.tsx";
import { NoForecast } from "@/components/tile/NoForecast.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import { formatMetric } from "@/lib/format/mod.ts";
import { chanceOfAtLeast } from "@/lib/model/chance.ts";
import type { ForecastResult, ForecastTotal } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { budgetPacingChart } from "./chart.ts";
import type { BudgetPacingOptions } from "./options.ts";
import { type Pacing, pacingOf } from "./plan.ts";

/** Nearer to the plan than this share of it counts as on it. */
const ON_PLAN = 0.02;

/** The pacing. */
export default function BudgetPacing(props: WidgetProps<BudgetPacingOptions>) {
  const { title, options: { budget, unit }, forecasts, locale, picture } = props;
  const forecast = forecasts?.main;
  if (forecast?.state !== "ready" || !forecast.total) {
    return (
      <TileContent title={title || `Budget of the ${unit}`}>
        <NoForecast answer={forecast} />
      </TileContent>
    );
  }
  const { total, metric, notices } = forecast;
  const pacing = pacingOf(forecast, total, budget);
  const spec = budgetPacingChart(props);
  const shown = title ||
    `${metric.title} in ${unitName(total, locale)} against the ${pacing?.fromBefore ? `${unit} before` : "budget"}`;
  return (
    <TileContent title={shown} notices={notices}>
      <Figures figures={figuresOf({ forecast, total, pacing, locale })} />
      {!pacing && <p class="quiet">Name the budget of the {unit} in this tile's options to see whether it is kept.</p>}
      {spec && <Chart spec={spec} locale={locale} title={shown} picture={picture} />}
    </TileContent>
  );
}

function figuresOf({ forecast: { metric, currency }, total, pacing, locale }: {
  forecast: ForecastResult;
  total: ForecastTotal;
  pacing: Pacing | null;
  locale: string;
}): Figure[] {
  const text = (value: number, more = {}) => formatMetric(value, metric, { locale, currency, ...more });
  const exact = (value: number) => text(value, { exact: true });
  const end = endOfTotal(total);
  const expected = {
    name: `Expected by ${lastDay(total, locale)}`,
    value: text(end.value),
    exact: exact(end.value),
    note: `80 %: ${text(end.lower80)} to ${text(end.upper80)}`,
  };
  if (!pacing) return [{ name: "So far", value: text(soFar(total)), exact: exact(soFar(total)) }, expected];
  const { budget, spent, planned, needed, lately } = pacing;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return [
    {
      name: "So far",
      value: text(spent),
      exact: exact(spent),
      note: `${percent.format(spent / budget)} of ${text(budget)}, ${besidePlan(spent - planned, budget, text)}`,
    },
    expected,
    {
      name: "Needed per day",
      value: needed === null ? "–" : text(needed),
      exact: needed === null ? undefined : exact(needed),
      note: needed === null
        ? "no day is left"
        : `for ${daysLeft(total)} ${daysLeft(total) === 1 ? "day" : "days"}; ${text(lately)} lately`,
    },
    {
      name: `Chance of more than ${text(budget)}`,
      value: chanceText(chanceOfAtLeast(end, budget), locale),
      note: end.value > budget
        ? `${text(end.value - budget)} too much expected`
        : `${text(budget - end.value)} left over expected`,
    },
  ];
}

function besidePlan(off: number, budget: number, text: (value: number) => string): string {
  if (Math.abs(off) <= ON_PLAN * budget) return "on plan";
  return `${text(Math.abs(off))} ${off > 0 ? "ahead of" : "behind"} plan`;
}
