import type { Column } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

const ROLES = { time: "day", dimension: "label", measure: "number" } as const;

/** The columns of a dataset and the headers under which exports carry them. */
export function ColumnsTable({ columns }: { columns: Column[] }) {
  return (
    <ScrollTable
      label="Columns"
      columns={["Column", "Kind", { title: "Part of the key", class: "wide-only" }, "Also known as"]}
    >
      {columns.map(({ name, title, role, additive, identity, synonyms, required }) => (
        <tr key={name}>
          <th scope="row">
            {title}
            {required && <span class="table__aside">needed in every row</span>}
          </th>
          <td>
            {ROLES[role]}
            {role === "measure" && !additive && <span class="table__aside">cannot be added up</span>}
          </td>
          <td class="wide-only">{identity ? "yes" : ""}</td>
          <td class="quiet table__synonyms">{synonyms.slice(0, 6).join(", ") || "–"}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
