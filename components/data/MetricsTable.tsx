import type { Metric } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

const BETTER = { up: "higher is better", down: "lower is better", none: "" } as const;

/** The metrics of a dataset: what they are called, how they are calculated, which way is good. */
export function MetricsTable({ metrics }: { metrics: Metric[] }) {
  return (
    <ScrollTable
      label="Metrics"
      columns={["Metric", "Calculated as", { title: "Written as", class: "wide-only" }, {
        title: "Direction",
        class: "wide-only",
      }]}
    >
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
    </ScrollTable>
  );
}
