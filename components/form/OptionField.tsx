/** One field of a form: the control that its schema asks for. */
import type { DateRange, Filter } from "@/lib/model/mod.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import { ColourField } from "./ColourField.tsx";
import { type FieldAbout, FieldGroup } from "./Field.tsx";
import { fieldFault } from "./field_fault.ts";
import { ChoiceField, ChoicesField, ListField, NumberField, SwitchField, TextField } from "./fields.tsx";
import { FilterField } from "./FilterField.tsx";
import { changed, type FormField } from "./form_fields.ts";
import type { FormGround } from "./form_ground.ts";
import { controlOf, type FormDataset, type JsonSchema, labelOf, plainSchema, titleOf } from "./json_schema.ts";
import type { OptionsForm } from "./OptionsForm.tsx";
import { PickField, PickManyField } from "./pick_fields.tsx";
import { RangeField } from "./RangeField.tsx";
import { type FormRow, RowsField } from "./RowsField.tsx";
import { startingObject } from "./starting_value.ts";

/** What a field needs. */
export interface OptionFieldProps {
  id: string;
  field: FormField;
  value: unknown;
  ground: FormGround;
  dataset: FormDataset | undefined;
  defs: Record<string, JsonSchema>;
  /** Draws the fields inside of this one. */
  Form: typeof OptionsForm;
  /** Undefined takes the value away, so that the default holds. */
  onChange(value: unknown): void;
}

/** More choices than this do not stand side by side. */
const SIDE_BY_SIDE = 5;

/** The field. */
export function OptionField(given: OptionFieldProps) {
  const props = { ...given, onChange: defaulted(given) };
  const { id, field: { schema, required, switches }, value, ground, dataset, Form, onChange } = props;
  const about = aboutOf(props);
  const shown = value === undefined ? schema.default : value;
  const none = required || schema.default !== undefined ? undefined : "None";
  const text = typeof shown === "string" || typeof shown === "number" ? String(shown) : "";
  const texts = Array.isArray(shown) ? shown.filter((one) => typeof one === "string") : [];
  const control = controlOf(schema);
  switch (control) {
    case "dataset":
    case "metric":
    case "dimension": {
      const fault = fieldFault(shown, { ...schema, pattern: undefined }, required);
      return <PickField {...about} {...offered(props)} fault={fault} value={text} none={none} onChange={onChange} />;
    }
    case "metrics":
    case "dimensions": {
      const bounds = { least: schema.minItems, most: schema.maxItems };
      return <PickManyField {...about} {...offered(props)} {...bounds} value={texts} onChange={onChange} />;
    }
    case "grain":
    case "choice":
      return <OneOf {...about} schema={schema} value={text} none={switches ? undefined : none} onChange={onChange} />;
    case "choices":
      return (
        <ChoicesField {...about} schema={schema} value={texts} choices={schema.items?.enum ?? []} onChange={onChange} />
      );
    case "switch":
      return <SwitchField {...about} value={shown === true} onChange={onChange} />;
    case "number":
      return <NumberField {...about} schema={schema} value={shown} required={required} onChange={onChange} />;
    case "colour":
      return <ColourField {...about} value={text} none={none} own={!schema.enum} onChange={onChange} />;
    case "range":
      return <RangeField {...about} value={shown as DateRange | undefined} none={none} onChange={onChange} />;
    case "filter":
      return (
        <FilterField
          {...about}
          value={shown as Filter | undefined}
          dataset={dataset}
          locale={ground.locale}
          onChange={onChange}
        />
      );
    case "list": {
      const items = Array.isArray(shown) ? shown as (string | number)[] : [];
      return <ListField {...about} schema={schema} value={items} onChange={onChange} />;
    }
    case "rows":
      return <Rows {...props} about={about} rows={Array.isArray(shown) ? shown as FormRow[] : []} />;
    case "variant":
    case "group":
      return (
        <FieldGroup {...about} class="form__group">
          <Form
            schema={schema}
            value={(shown ?? {}) as FormRow}
            ground={ground}
            dataset={dataset}
            defs={props.defs}
            prefix={id}
            onChange={(change) => onChange(changed((shown ?? {}) as FormRow, change))}
          />
        </FieldGroup>
      );
    default:
      return (
        <TextField
          {...about}
          value={text}
          schema={schema}
          required={required}
          long={control === "markdown" || (schema.maxLength ?? 0) > 1_000}
          onChange={(next) => onChange(next === "" && !required ? undefined : next)}
        />
      );
  }
}

/** What is chosen is not stored where it is the default: that holds by itself, also where the widget changes it later. */
function defaulted({ field: { schema, required }, onChange }: OptionFieldProps): OptionFieldProps["onChange"] {
  if (required || schema.default === undefined) return onChange;
  return (next) => onChange(sameJson(next, schema.default) ? undefined : next);
}

/** Label, help, and the way back to the default where something else is chosen. */
function aboutOf({ id, field: { name, schema, required, switches }, value, onChange }: OptionFieldProps): FieldAbout {
  const { help, placeholder } = schema;
  const resets = value !== undefined && !switches && !required && controlOf(schema) !== "switch" &&
    !sameJson(value, schema.default);
  return {
    id,
    label: labelOf(name, schema),
    help,
    placeholder,
    onReset: resets ? () => onChange(undefined) : undefined,
  };
}

/** What can be chosen of the data: datasets, metrics with the formulas kept here, or dimensions. */
function offered({ field: { schema }, value, ground: { datasets, formulas }, dataset, onChange }: OptionFieldProps) {
  const control = controlOf(schema);
  if (control === "dataset") return { choices: datasets.map(({ id, title }) => ({ value: id, title })) };
  if (control.startsWith("dimension")) {
    const dimensions = (dataset?.columns ?? []).filter(({ role }) => role === "dimension");
    return { choices: dimensions.map(({ name, title }) => ({ value: name, title })) };
  }
  const known = [...formulas?.list ?? [], ...dataset?.metrics ?? []];
  const held = Array.isArray(value) ? value : [];
  const use = (name: string) => onChange(control === "metrics" ? [...held, name] : name);
  const more = formulas && dataset && {
    title: "Write a formula …",
    act: () => formulas.write(dataset.id, use),
  };
  return { choices: known.map(({ name, title }) => ({ value: name, title })), more };
}

function OneOf(
  { schema, value, none, onChange, ...about }: FieldAbout & {
    schema: JsonSchema;
    value: string;
    none?: string;
    onChange(value: unknown): void;
  },
) {
  const choices = schema.enum ?? [];
  // Numbers stand in the page as texts.
  const told = (chosen: string | undefined) => onChange(choices.find((one) => String(one) === chosen));
  if (choices.length > SIDE_BY_SIDE) {
    const listed = choices.map((one) => ({ value: String(one), title: titleOf(one, schema) }));
    return <PickField {...about} value={value} choices={listed} none={none} onChange={told} />;
  }
  return <ChoiceField {...about} value={value} choices={choices} titles={schema.titles} none={none} onChange={told} />;
}

function Rows({ about, rows, ...props }: OptionFieldProps & { about: FieldAbout; rows: FormRow[] }) {
  const { field: { schema }, ground, dataset, defs, Form, onChange } = props;
  const items = plainSchema(schema.items ?? {}, defs);
  const one = items.label ?? about.label.replace(/s$/, "");
  return (
    <RowsField
      {...about}
      fault={fieldFault(rows, { ...schema, items: undefined })}
      value={rows}
      one={one}
      most={schema.maxItems}
      start={() => startingObject(items, dataset, defs)}
      fields={(row, prefix, onRow) => (
        <Form
          schema={items}
          value={row}
          ground={ground}
          dataset={dataset}
          defs={defs}
          prefix={prefix}
          onChange={(change) => onRow(changed(row, change))}
        />
      )}
      onChange={onChange}
    />
  );
}
