import type { ComponentChildren } from "preact";

/** A column's heading: its words alone, or with classes (`number` sets it right, `wide-only` leaves it off a phone). */
export type TableColumn = string | { title: ComponentChildren; class?: string };

/** A table that scrolls sideways inside its place, by touch and by keyboard, and is named for screen readers. */
export function ScrollTable({ label, caption = label, columns, class: kind, children }: {
  /** What the place that scrolls is called. */
  label: string;
  /** What the table shows, read out before its cells; the label where that says it. */
  caption?: string;
  /** False leaves a column out, so that a short form can be written in one line. */
  columns: (TableColumn | false)[];
  /** More classes of the table. */
  class?: string;
  /** The rows. */
  children: ComponentChildren;
}) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table class={kind ? `table ${kind}` : "table"}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => {
              if (column === false) return null;
              const { title, class: place } = typeof column === "string" ? { title: column, class: undefined } : column;
              return <th key={index} scope="col" class={place}>{title}</th>;
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
