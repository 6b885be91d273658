import type { Column } from "@/lib/model/mod.ts";

const ROLES = { time: "day", dimension: "label", measure: "number" } as const;

/** The columns of a dataset and the headers under which exports carry them. */
export function ColumnsTable({ columns }: { columns: Column[] }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Columns">
      <table class="table">
        <caption class="visually-hidden">Columns</caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Kind</th>
            <th scope="col" class="wide-only">Part of the key</th>
            <th scope="col">Also known as</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
