/** A filter as rows: a dimension, how it is compared, and values looked up in the data. */
import { useState } from "preact/hooks";
import { filterWords } from "@/lib/format/filter_words.ts";
import type { Filter } from "@/lib/model/mod.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import { type FieldAbout, FieldGroup } from "./Field.tsx";
import {
  comparesWith,
  type ConditionRow,
  filterOfRows,
  type FilterRow,
  isUnfinished,
  ROW_OPS,
  type RowOp,
  type RowsMode,
  rowsOf,
} from "./filter_rows.ts";
import type { FormDataset } from "./json_schema.ts";
import { ValuesField } from "./ValuesField.tsx";

/** What the field needs. */
export interface FilterFieldProps extends FieldAbout {
  value: Filter | undefined;
  dataset: FormDataset | undefined;
  locale: string;
  onChange(value: Filter | undefined): void;
}

/** The field. Rows that are not finished are kept here until they say something. */
export function FilterField({ value, dataset, locale, onChange, ...about }: FilterFieldProps) {
  const [edited, setEdited] = useState(() => ({ ...rowsOf(value), told: value }));
  // Undo, or another editor, may change the filter from outside: then what is edited here is that.
  if (!sameJson(edited.told, value)) setEdited({ ...rowsOf(value), told: value });
  const { mode, rows } = edited;
  const dimensions = (dataset?.columns ?? []).filter(({ role }) => role === "dimension");
  const change = (mode: RowsMode, rows: FilterRow[]) => {
    const next = filterOfRows(mode, rows);
    setEdited({ mode, rows, told: next });
    if (!sameJson(next, value)) onChange(next);
  };
  const titleOf = (name: string) => dimensions.find((column) => column.name === name)?.title ?? name;
  const add = () => {
    const field = dimensions.find(({ name }) => !rows.some((row) => !("kept" in row) && row.field === name));
    const name = (field ?? dimensions[0])?.name;
    if (name) change(mode, [...rows, { field: name, op: "in", values: [], text: "" }]);
    requestAnimationFrame(() => document.getElementById(`${about.id}-${rows.length}-field`)?.focus());
  };
  return (
    <FieldGroup {...about}>
      {rows.length > 1 && (
        <select
          class="select form__mode"
          aria-label={`${about.label}: all or any`}
          value={mode}
          onChange={(event) => change(event.currentTarget.value as RowsMode, rows)}
        >
          <option value="and">All of these hold</option>
          <option value="or">Any of these holds</option>
        </select>
      )}
      {rows.map((row, index) => (
        <div key={index} class="filter-row" role="group" aria-label={`${about.label} ${index + 1}`}>
          {"kept" in row ? <p class="filter-row__kept">{filterWords(row.kept, titleOf, locale)}</p> : (
            <ConditionFields
              id={`${about.id}-${index}`}
              row={row}
              dataset={dataset?.id ?? ""}
              dimensions={dimensions}
              locale={locale}
              onChange={(next) => change(mode, rows.with(index, next))}
            />
          )}
          <button
            type="button"
            class="form__drop filter-row__drop"
            aria-label={`Remove ${about.label.toLowerCase()} ${index + 1}`}
            onClick={() => {
              change(mode, rows.toSpliced(index, 1));
              document.getElementById(`${about.id}-add`)?.focus();
            }}
          >
            <span aria-hidden="true">×</span>
          </button>
          {isUnfinished(row) && (
            <p class="field__hint filter-row__note">
              Nothing is filtered until a value is chosen.
            </p>
          )}
        </div>
      ))}
      <button
        type="button"
        id={`${about.id}-add`}
        class="button button--small form__add"
        disabled={dimensions.length === 0}
        onClick={add}
      >
        Add a filter
      </button>
    </FieldGroup>
  );
}

interface ConditionFieldsProps {
  id: string;
  row: ConditionRow;
  dataset: string;
  dimensions: FormDataset["columns"];
  locale: string;
  onChange(row: ConditionRow): void;
}

function ConditionFields({ id, row, dataset, dimensions, locale, onChange }: ConditionFieldsProps) {
  const { field, op, values, text } = row;
  const column = dimensions.find(({ name }) => name === field);
  return (
    <>
      <select
        id={`${id}-field`}
        class="select"
        aria-label="Dimension"
        value={field}
        onChange={(event) => onChange({ field: event.currentTarget.value, op, values: [], text: "" })}
      >
        {!column && <option value={field}>{field}</option>}
        {dimensions.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
      </select>
      <select
        id={`${id}-op`}
        class="select"
        aria-label="Comparison"
        value={op}
        onChange={(event) => onChange({ ...row, op: event.currentTarget.value as RowOp })}
      >
        {ROW_OPS.map(([name, words]) => <option key={name} value={name}>{words}</option>)}
      </select>
      {!column && <p class="field-error">“{field}” is not in this data; choose another</p>}
      {comparesWith(op) === "values" && (
        <ValuesField
          id={`${id}-values`}
          label={`Values of ${column?.title ?? field}`}
          dataset={dataset}
          column={field}
          value={values}
          locale={locale}
          onChange={(next) => onChange({ ...row, values: next })}
        />
      )}
      {comparesWith(op) === "text" && (
        <input
          id={`${id}-text`}
          class="input"
          type="text"
          aria-label={`Text in ${column?.title ?? field}`}
          value={text}
          onInput={(event) => onChange({ ...row, text: event.currentTarget.value })}
        />
      )}
    </>
  );
}
