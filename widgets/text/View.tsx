import { metricColumn } from "@/components/chart/periods.ts";
import { comparedSide } from "@/components/chart/compared_side.ts";
import { totalRows } from "@/components/chart/total_rows.ts";
import { ChangeChip } from "@/components/tile/ChangeChip.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import { formatChange, formatMetric, NO_VALUE } from "@/lib/format/mod.ts";
import type { MetricResult } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { Markdown } from "./Markdown.tsx";
import { textPieces, type TokenForm } from "./metric_tokens.ts";
import type { TextOptions } from "./options.ts";

/** The text. */
export default function Text({ title, options, results, locale }: WidgetProps<TextOptions>) {
  const { main } = results;
  const words = (text: string) =>
    textPieces(text).map((piece, index) =>
      "words" in piece
        ? piece.words
        : <LiveNumber key={index} metric={piece.metric} form={piece.form} result={main} locale={locale} />
    );
  return (
    <TileContent title={title} notices={main?.meta.notices}>
      {options.text.trim()
        ? (
          <div class="table__scroll">
            <Markdown text={options.text} words={words} />
          </div>
        )
        : (
          <div class="tile__state">
            <p>
              <strong>No text yet.</strong> Write what the numbers mean; {"{{spend}}"} becomes the spend of the range.
            </p>
          </div>
        )}
    </TileContent>
  );
}

function LiveNumber({ metric, form, result, locale }: {
  metric: string;
  form: TokenForm;
  result: MetricResult | undefined;
  locale: string;
}) {
  if (!result) return <>{NO_VALUE}</>;
  const column = metricColumn(result, metric);
  const [row] = [...totalRows(result), ...result.rows];
  const { comparison } = result;
  const [before] = comparison ? [...totalRows(comparison), ...comparison.rows] : [];
  const [value, previous] = [numberOf(row?.[metric]), numberOf(before?.[metric])];
  if (form === "compare") {
    const side = comparedSide(result);
    const [now] = [...totalRows(side), ...side.rows];
    const change = formatChange(numberOf(now?.[metric]), previous, column, { locale });
    return change ? <ChangeChip change={change} inline /> : <span title="Choose a comparison">{NO_VALUE}</span>;
  }
  const currency = typeof row?.currency === "string" ? row.currency : result.meta.currency;
  const shown = form === "previous" ? previous : value;
  return (
    <strong
      class="markdown__number"
      title={`${column.title}: ${formatMetric(shown, column, { locale, currency, exact: true })}`}
    >
      {formatMetric(shown, column, { locale, currency, exact: form === "exact" })}
    </strong>
  );
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
