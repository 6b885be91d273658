import { formatRange, valueLabel } from "@/lib/format/mod.ts";
import type { Gap } from "@/lib/quality/quality.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** Stretches of days without rows, the longest first. */
export function GapsTable({ gaps, locale }: { gaps: Gap[]; locale: string }) {
  return (
    <ScrollTable
      label="Missing days"
      caption="Days without rows"
      columns={["Days without rows", "Account", { title: "How many", class: "number" }]}
    >
      {gaps.map(({ platform, account, from, to, days }) => (
        <tr key={`${platform} ${account} ${from}`}>
          <th scope="row" class="nowrap">{formatRange(from, to, { locale, year: true })}</th>
          <td>
            {platform ? valueLabel("platform", platform, locale) : "All rows"}
            {account && <span class="table__aside">{account}</span>}
          </td>
          <td class="number">{days}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
