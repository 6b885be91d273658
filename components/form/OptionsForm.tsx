/** The form of a widget's options, drawn from their JSON Schema alone: the author of a widget writes none. */
import { branchChange, type FormChange, type FormField, formFields } from "./form_fields.ts";
import type { FormGround } from "./form_ground.ts";
import type { FormDataset, JsonSchema } from "./json_schema.ts";
import { OptionField } from "./OptionField.tsx";

/** What the form shows and whom it tells. */
export interface OptionsFormProps {
  schema: JsonSchema;
  value: Record<string, unknown>;
  ground: FormGround;
  /** Begins the ids of the fields, so that two forms can stand on a page. */
  prefix: string;
  /** The data of a form that holds this one. */
  dataset?: FormDataset;
  /** Where references lead; those of the schema itself unless it is part of another. */
  defs?: Record<string, JsonSchema>;
  /** Told of every change that fits. A field that is taken away has its default again. */
  onChange(change: FormChange): void;
}

/** The fields of some options, in the order of their schema. */
export function OptionsForm({ schema, value, ground, prefix, dataset, defs, onChange }: OptionsFormProps) {
  const known = defs ?? schema.$defs ?? {};
  const asked = value.dataset ?? schema.properties?.dataset?.default;
  const own = ground.datasets.find(({ id }) => id === asked) ?? dataset;
  const set = (field: FormField, next: unknown) => {
    if (field.switches) return onChange(branchChange(field.switches, field.name, value, String(next), known));
    onChange(next === undefined ? { set: {}, unset: [field.name] } : { set: { [field.name]: next }, unset: [] });
  };
  return (
    <>
      {formFields(schema, value, known).map((field) => (
        <OptionField
          key={field.name}
          id={`${prefix}-${field.name}`}
          field={field}
          value={value[field.name]}
          ground={ground}
          dataset={own}
          defs={known}
          Form={OptionsForm}
          onChange={(next) => set(field, next)}
        />
      ))}
    </>
  );
}
