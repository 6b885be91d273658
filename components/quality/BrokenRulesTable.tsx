import type { BrokenRule } from "@/lib/quality/quality.ts";

const DONE: Record<string, string> = { reject: "set aside", flag: "flagged", fail: "refused" };

/** Rules that imports broke, the most often broken first. */
export function BrokenRulesTable({ rules, locale }: { rules: BrokenRule[]; locale: string }) {
  const number = new Intl.NumberFormat(locale);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Broken rules">
      <table class="table">
        <caption class="visually-hidden">Rules that imports broke</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" class="number">Broken</th>
            <th scope="col">Last by</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ rule, kind, title, action, broken, imports, lastImport }) => (
            <tr key={rule}>
              <th scope="row">
                {title}
                <span class="table__aside">{DONE[action] ?? action}</span>
              </th>
              <td class="number">
                {number.format(broken)}
                <span class="table__aside">in {imports} {imports === 1 ? "file" : "files"}</span>
              </td>
              <td class="table__subject">
                <a href={hrefOf(kind, action, lastImport.id)}>{lastImport.filename}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where the rows are listed; rules about whole files have none. */
function hrefOf(kind: string, action: string, id: string): string {
  const path = `/data/imports/${encodeURIComponent(id)}`;
  if (kind === "usual" || kind === "fresh") return path;
  return action === "flag" ? `${path}/flagged` : action === "reject" ? `${path}/rejected` : path;
}
