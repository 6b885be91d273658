import type { Metric } from "@/lib/model/mod.ts";

const BETTER = { up: "higher is better", down: "lower is better", none: "" } as const;

/** The metrics of a dataset: what they are called, how they are calculated, which way is good. */
export function MetricsTable({ metrics }: { metrics: Metric[] }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Metrics">
      <table class="table">
        <caption class="visually-hidden">Metrics</caption>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Calculated as</th>
            <th scope="col" class="wide-only">Written as</th>
            <th scope="col" class="wide-only">Direction</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map(({ name, title, description, formula, format, better }) => (
            <tr key={name}>
              <th scope="row">
                {title}
                {description && <span class="table__aside">{description}</span>}
              </th>
              <td>
                <code>{formula}</code>
              </td>
              <td class="wide-only">{format}</td>
              <td class="wide-only">{BETTER[better]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
