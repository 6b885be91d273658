import { formatRange, valueLabel } from "@/lib/format/mod.ts";
import type { Gap } from "@/lib/quality/quality.ts";

/** Stretches of days without rows, the longest first. */
export function GapsTable({ gaps, locale }: { gaps: Gap[]; locale: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Missing days">
      <table class="table">
        <caption class="visually-hidden">Days without rows</caption>
        <thead>
          <tr>
            <th scope="col">Days without rows</th>
            <th scope="col">Account</th>
            <th scope="col" class="number">How many</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
