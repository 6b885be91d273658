import { formatRange } from "@/lib/format/mod.ts";
import { Icon } from "../Icon.tsx";
import type { FoundGroup } from "./found_groups.ts";

/** Spans of days as people write them. */
function inWords(finding: string, locale: string): string {
  return finding.replace(
    /(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)/g,
    (_, from: string, to: string) => formatRange(from, to, { locale, year: true }),
  );
}

/** What was found out about the file; what decided it is one click away. */
export function Found({ groups, locale }: { groups: FoundGroup[]; locale: string }) {
  return (
    <ul class="found">
      {groups.map(({ title, finding, reasons, agrees }, i) => (
        <li key={i} class="found__line">
          <details>
            <summary class="found__summary">
              <span class="found__title">{title}</span>
              <span class="found__finding">
                {inWords(finding, locale)}
                {agrees !== undefined && (
                  <span class={agrees ? "chip chip--good" : "chip chip--warn"}>
                    <Icon name={agrees ? "check" : "alert"} />
                    {agrees ? "matches the file" : "differs"}
                  </span>
                )}
              </span>
              <span class="found__evidence">{reasons[0]?.evidence}</span>
            </summary>
            <ul class="found__reasons" aria-label={`What decided: ${title}`}>
              {reasons.map(({ finding, evidence }, j) => (
                <li key={j}>
                  <span>{finding}</span>
                  <code>{evidence}</code>
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}
