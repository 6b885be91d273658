import { formatPeriod, valueLabel } from "@/lib/format/mod.ts";
import type { SourceFreshness } from "@/lib/quality/quality.ts";

/** How far each account reaches, the furthest behind first. */
export function SourcesTable({ sources, locale }: { sources: SourceFreshness[]; locale: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Freshness by account">
      <table class="table">
        <caption class="visually-hidden">How far each account reaches</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" class="number">Newest day</th>
            <th scope="col" class="number">Days old</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
