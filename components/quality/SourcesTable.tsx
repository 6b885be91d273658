import { formatPeriod, valueLabel } from "@/lib/format/mod.ts";
import type { SourceFreshness } from "@/lib/quality/quality.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** How far each account reaches, the furthest behind first. */
export function SourcesTable({ sources, locale }: { sources: SourceFreshness[]; locale: string }) {
  return (
    <ScrollTable
      label="Freshness by account"
      caption="How far each account reaches"
      columns={["Account", { title: "Newest day", class: "number" }, { title: "Days old", class: "number" }]}
    >
      {sources.map(({ platform, account, through, daysOld }) => (
        <tr key={`${platform} ${account}`}>
          <th scope="row">
            {platform ? valueLabel("platform", platform, locale) : account || "All rows"}
            {platform && account && <span class="table__aside">{account}</span>}
          </th>
          <td class="number">{formatPeriod(through, "day", { locale, year: true })}</td>
          <td class="number">{Math.max(0, daysOld)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
