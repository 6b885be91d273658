/** The form of a widget's options, drawn from their JSON Schema: the author of a widget writes none. */
import { controlOf, type FormDataset, type JsonSchema, labelOf } from "./json_schema.ts";
import { ChoiceField, ListField, NumberField, PickField, PickManyField, SwitchField, TextField } from "./fields.tsx";

/** What the form shows and whom it tells. */
export interface OptionsFormProps {
  schema: JsonSchema;
  value: Record<string, unknown>;
  datasets: FormDataset[];
  /** Begins the ids of the fields, so that two forms can stand on a page. */
  prefix: string;
  /** A field's new value; undefined takes the field away, so that its default holds. */
  onChange(name: string, value: unknown): void;
}

/** The fields of some options, in the order of their schema. */
export function OptionsForm({ schema, value, datasets, prefix, onChange }: OptionsFormProps) {
  const asked = value.dataset ?? schema.properties?.dataset?.default;
  const dataset = datasets.find(({ id }) => id === asked);
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <OptionField
          key={name}
          id={`${prefix}-${name}`}
          name={name}
          schema={field}
          required={schema.required?.includes(name) ?? false}
          value={value[name]}
          datasets={datasets}
          dataset={dataset}
          onChange={(next) => onChange(name, next)}
        />
      ))}
    </>
  );
}

interface OptionFieldProps {
  id: string;
  name: string;
  schema: JsonSchema;
  required: boolean;
  value: unknown;
  datasets: FormDataset[];
  dataset: FormDataset | undefined;
  onChange(value: unknown): void;
}

function OptionField({ id, name, schema, required, value, datasets, dataset, onChange }: OptionFieldProps) {
  const shown = value === undefined ? schema.default : value;
  const about = { id, label: labelOf(name, schema), help: schema.help };
  const none = required || schema.default !== undefined ? undefined : "None";
  const metrics = (dataset?.metrics ?? []).map(({ name, title }) => ({ value: name, title }));
  const dimensions = (dataset?.columns ?? []).filter(({ role }) => role === "dimension")
    .map(({ name, title }) => ({ value: name, title }));
  const text = typeof shown === "string" ? shown : "";
  const texts = Array.isArray(shown) ? shown.filter((one) => typeof one === "string") : [];
  switch (controlOf(schema)) {
    case "dataset": {
      const choices = datasets.map(({ id, title }) => ({ value: id, title }));
      return <PickField {...about} value={text} choices={choices} none={none} onChange={onChange} />;
    }
    case "metric":
      return <PickField {...about} value={text} choices={metrics} none={none} onChange={onChange} />;
    case "dimension":
      return <PickField {...about} value={text} choices={dimensions} none={none} onChange={onChange} />;
    case "metrics":
      return <PickManyField {...about} value={texts} choices={metrics} most={schema.maxItems} onChange={onChange} />;
    case "dimensions":
      return <PickManyField {...about} value={texts} choices={dimensions} most={schema.maxItems} onChange={onChange} />;
    case "grain":
    case "choice":
      return <ChoiceField {...about} value={text} choices={schema.enum ?? []} none={none} onChange={onChange} />;
    case "switch":
      return <SwitchField {...about} value={shown === true} onChange={onChange} />;
    case "number":
      return <NumberField {...about} schema={schema} value={shown} required={required} onChange={onChange} />;
    case "list":
      return <ListField {...about} value={texts} onChange={onChange} />;
    case "group":
      return (
        <fieldset class="form__group">
          <legend>{about.label}</legend>
          <OptionsForm
            schema={schema}
            value={(shown ?? {}) as Record<string, unknown>}
            datasets={datasets}
            prefix={id}
            onChange={(part, next) => onChange({ ...(shown as object | undefined), [part]: next })}
          />
        </fieldset>
      );
    default:
      return (
        <TextField
          {...about}
          value={text}
          long={schema.control === "markdown" || (schema.maxLength ?? 0) > 1_000}
          onChange={(next) => onChange(next === "" && !required ? undefined : next)}
        />
      );
  }
}
