import { useState } from "preact/hooks";
import { byGrain, metricColumn } from "@/components/chart/periods.ts";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import { knownLocale } from "@/lib/format/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { TableOptions } from "./options.ts";
import { Pages } from "./Pages.tsx";
import { Rows } from "./Rows.tsx";
import { sortedRows } from "./sorted_rows.ts";
import { tableMetrics, tableSort } from "./table_metrics.ts";

/** The table. */
export default function Table(props: WidgetProps<TableOptions>) {
  const { options, result, locale } = props;
  const metrics = tableMetrics(options);
  const names = options.dimensions.map((name) => result.columns.find((column) => column.name === name)?.title ?? name);
  const title = props.title || (names.length ? names.join(", ") : "By period");
  const by = metricColumn(result, tableSort(options).by).title.toLocaleLowerCase(locale);
  const subtitle = options.grain ? byGrain(options.grain) : `by ${by}`;
  return (
    <ResultTile title={title} subtitle={subtitle} result={result} metrics={metrics} locale={locale}>
      {() => <SortedTable {...props} title={title} metrics={metrics} />}
    </ResultTile>
  );
}

function SortedTable(props: WidgetProps<TableOptions> & { metrics: string[] }) {
  const { options, result, locale, size, dispatch } = props;
  const [sort, setSort] = useState(tableSort(options));
  const [page, setPage] = useState(0);
  const rows = sortedRows(result, sort.by, sort.direction, knownLocale(locale));
  const fitting = fittingRows(size, options.totals);
  // A page that was chosen for a desk is too long for a phone's higher rows.
  const pageSize = size.narrow ? Math.min(options.pageSize ?? fitting, fitting) : options.pageSize ?? fitting;
  const last = Math.max(0, Math.ceil(rows.length / pageSize) - 1);
  const shown = Math.min(page, last);
  const choose = (by: string) => {
    const first = metricColumn(result, by).role === "metric" ? "desc" : "asc";
    const direction = sort.by !== by ? first : sort.direction === "asc" ? "desc" : "asc";
    setSort({ by, direction });
    setPage(0);
    // Where rows were cut off, another order has other rows: the page asks again.
    if (result.meta.rows > result.rows.length) dispatch?.({ type: "options", options: { sort: by, direction } });
  };
  return (
    <>
      <div class="table__scroll">
        <Rows {...props} sort={sort} rows={rows.slice(shown * pageSize, (shown + 1) * pageSize)} onSort={choose} />
      </div>
      <Pages
        page={shown}
        last={last}
        size={pageSize}
        rows={rows.length}
        all={result.meta.rows}
        onPage={setPage}
        title={props.title}
      />
    </>
  );
}

/** How many rows fit into a tile, with head, total and pages; on a phone their buttons are higher. */
function fittingRows({ rows, narrow }: WidgetProps<TableOptions>["size"], totals: boolean): number {
  const height = rows * 72 + (rows - 1) * (narrow ? 12 : 16);
  const around = (narrow ? 158 : 132) + (totals ? 33 : 0);
  return Math.max(3, Math.floor((height - around) / 33));
}
