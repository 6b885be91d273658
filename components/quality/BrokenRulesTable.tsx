import type { BrokenRule } from "@/lib/quality/quality.ts";
import { ScrollTable } from "../ScrollTable.tsx";

const DONE: Record<string, string> = { reject: "set aside", flag: "flagged", fail: "refused" };

/** Rules that imports broke, the most often broken first. */
export function BrokenRulesTable({ rules, locale }: { rules: BrokenRule[]; locale: string }) {
  const number = new Intl.NumberFormat(locale);
  return (
    <ScrollTable
      label="Broken rules"
      caption="Rules that imports broke"
      columns={["Rule", { title: "Broken", class: "number" }, "Last by"]}
    >
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
    </ScrollTable>
  );
}

/** Where the rows are listed; rules about whole files have none. */
function hrefOf(kind: string, action: string, id: string): string {
  const path = `/data/imports/${encodeURIComponent(id)}`;
  if (kind === "usual" || kind === "fresh") return path;
  return action === "flag" ? `${path}/flagged` : action === "reject" ? `${path}/rejected` : path;
}
