import { ShareBar } from "@/components/chart/ShareBar.tsx";
import { comparedSide } from "@/components/chart/compared_side.ts";
import { daysOf } from "@/components/chart/marks.ts";
import { allPeriods, paleFrom } from "@/components/chart/periods.ts";
import { totalRows } from "@/components/chart/total_rows.ts";
import { ChooseValue, isLeftOut } from "@/components/tile/ChooseValue.tsx";
import { ChangeChip } from "@/components/tile/ChangeChip.tsx";
import { currencySymbol, formatCell, formatChange } from "@/lib/format/mod.ts";
import type { ResultColumn, ResultRow } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { TableOptions } from "./options.ts";
import type { PairedRow } from "./sorted_rows.ts";

/** What the rows of a table need. */
type RowsProps = WidgetProps<TableOptions> & {
  metrics: string[];
  rows: PairedRow[];
  sort: { by: string; direction: "asc" | "desc" };
  onSort: (by: string) => void;
};

/** The `<table>` itself: head with sort buttons, one page of rows, totals. */
export function Rows(props: RowsProps) {
  const { options, result, metrics, rows, title } = props;
  const names = result.columns.filter((column) => column.role !== "metric");
  const values = metrics.flatMap((name) => result.columns.find((column) => column.name === name) ?? []);
  const changed = options.change && result.comparison ? values[0] : undefined;
  const [first] = values;
  // Bars of several currencies side by side would compare what cannot be compared.
  const comparable = first?.format !== "currency" || result.meta.currency !== null;
  const largest = first && comparable ? Math.max(0, ...result.rows.map((row) => Number(row[first.name] ?? 0))) : 0;
  const totals = options.totals ? totalRows(result) : [];
  const current = totalRows(comparedSide(result));
  const compared = result.comparison ? totalRows(result.comparison) : [];
  const isPale = paleCells(props);
  return (
    <table class="table">
      <caption class="visually-hidden">{title}</caption>
      <thead>
        <tr>
          {[...names, ...values].map((column) => <Head key={column.name} column={column} {...props} />)}
          {changed && (
            <th scope="col" class="table__number" title={`${changed.title} against the comparison`}>vs prev.</th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, now, before }, index) => (
          <tr key={index} class={isLeftOut(props.selected, valuesOf(row, names, props)) ? "table__back" : undefined}>
            {names.map((column, position) =>
              position === 0
                ? (
                  <th scope="row" class="table__name" key={column.name}>
                    <Swatch row={row} names={names} {...props} />
                    <Text column={column} row={row} {...props} />
                  </th>
                )
                : (
                  <td class={cellClass(column, props)} key={column.name}>
                    <Text column={column} row={row} {...props} />
                  </td>
                )
            )}
            {values.map((column) => (
              <td
                class={cellClass(column, props) + (isPale(row, column) ? " table__pale" : "")}
                title={isPale(row, column) ? "May still change" : undefined}
                key={column.name}
              >
                {options.bars && column === first && largest > 0 && (
                  <ShareBar share={Number(row[column.name] ?? 0) / largest} />
                )}
                <Text column={column} row={row} {...props} />
              </td>
            ))}
            {changed && (
              <td class="table__number">
                <ChangeChip
                  change={formatChange(value(now, changed), value(before, changed), changed, { locale: props.locale })}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
      {totals.length > 0 && names.length > 0 && (
        <tfoot>
          {totals.map((row, index) => (
            <tr key={index}>
              <th scope="row" colSpan={names.length}>{totalLabel(row, totals.length, result.meta.rows)}</th>
              {values.map((column) => (
                <td class={cellClass(column, props)} key={column.name}>
                  <Text column={column} row={row} {...props} />
                </td>
              ))}
              {changed && (
                <td class="table__number">
                  {formatChange(
                    value(current.find((other) => other.currency === row.currency), changed),
                    value(compared.find((other) => other.currency === row.currency), changed),
                    changed,
                    { locale: props.locale },
                  )?.text}
                </td>
              )}
            </tr>
          ))}
        </tfoot>
      )}
    </table>
  );
}

/** Tells which cells may still change: those of periods that are not over, or that a platform may correct. */
function paleCells({ options, result, metrics }: RowsProps): (row: ResultRow, column: ResultColumn) => boolean {
  const { grain } = options;
  if (!grain) return () => false;
  const periods = allPeriods(result, grain);
  const first = new Map(metrics.map((metric) => [metric, periods[paleFrom(result, { metric, periods, grain })]]));
  return (row, { name }) => {
    const from = first.get(name);
    return from !== undefined && typeof row.period === "string" && row.period >= from;
  };
}

function Head(props: RowsProps & { column: ResultColumn }) {
  const { column, sort, onSort, result, locale } = props;
  const sorted = sort.by === column.name;
  // The unit stands here once, not in every cell.
  const unit = column.format === "currency" ? currencySymbol(result.meta.currency, locale) : "";
  return (
    <th
      scope="col"
      class={cellClass(column, props)}
      aria-sort={sorted ? (sort.direction === "asc" ? "ascending" : "descending") : undefined}
    >
      <button type="button" class="table__sort" onClick={() => onSort(column.name)}>
        {column.title}
        {unit && <span class="table__unit">{unit}</span>}
        <span class="table__arrow" aria-hidden="true">{sorted ? (sort.direction === "asc" ? "↑" : "↓") : ""}</span>
      </button>
    </th>
  );
}

function Text(props: RowsProps & { column: ResultColumn; row: ResultRow }) {
  const { column, row, options, locale, result } = props;
  const { currency } = result.meta;
  const text = row.other === true && column.role === "dimension" ? "Other" : formatCell(row[column.name], column, {
    locale,
    currency,
    unit: column.format !== "currency",
    grain: options.grain,
  });
  if (column.role === "metric") return <>{text}</>;
  const value = valuesOf(row, [column], props)[column.name] ?? null;
  return <ChooseValue {...props} field={column.name} value={value} text={text} />;
}

/** What a click on the names of a row chooses, by field; null for what cannot be chosen. */
function valuesOf(
  row: ResultRow,
  names: ResultColumn[],
  { options, result }: RowsProps,
): Record<string, string | null> {
  return Object.fromEntries(names.map(({ name, role }) => {
    if (row.other === true) return [name, null];
    if (role !== "period") return [name, String(row[name] ?? "")];
    return [name, options.grain ? daysOf(String(row[name]), options.grain, result.meta.range) : null];
  }));
}

function Swatch({ row, names, colors }: RowsProps & { row: ResultRow; names: ResultColumn[] }) {
  const color = names.map((column) => colors[String(row[column.name])]).find((number) => number !== undefined);
  return color === undefined ? null : <span class={`swatch swatch--${color}`} aria-hidden="true" />;
}

function cellClass(column: ResultColumn, { sort, metrics }: Pick<RowsProps, "sort" | "metrics">): string {
  const kind = column.role === "metric" ? "table__number" : "table__words";
  // What a narrow tile keeps beside the first column: the sorted metric, else the first.
  const kept = metrics.includes(sort.by) ? sort.by : metrics[0];
  return kind + (column.name === sort.by ? " table__sorted" : "") + (column.name === kept ? " table__kept" : "");
}

function value(row: ResultRow | undefined, column: ResultColumn): number | null {
  const cell = row?.[column.name];
  return typeof cell === "number" ? cell : null;
}

function totalLabel(row: ResultRow, totals: number, rows: number): string {
  const currency = totals > 1 && typeof row.currency === "string" ? ` ${row.currency}` : "";
  return `Total${currency}, ${rows} ${rows === 1 ? "row" : "rows"}`;
}
