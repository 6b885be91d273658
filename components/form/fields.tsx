/** The plain fields that forms are made of. Each tells every change at once; what does not fit is said and not told on. */
import { described, Field, type FieldAbout, FieldGroup } from "./Field.tsx";
import { fieldFault } from "./field_fault.ts";
import { type JsonSchema, titleOf } from "./json_schema.ts";
import { useTyped } from "./use_typed.ts";

/** Words; several lines where `long`. */
export function TextField(
  { value, long = false, schema = {}, required = false, onChange, ...about }: FieldAbout & {
    value: string;
    long?: boolean;
    schema?: JsonSchema;
    required?: boolean;
    onChange(value: string): void;
  },
) {
  const { text, fault: own, ...events } = useTyped(value, (text) => fieldFault(text, schema, required), (text) => {
    onChange(text);
    return text;
  });
  const fault = about.fault ?? own;
  const props = {
    id: about.id,
    value: text,
    placeholder: about.placeholder,
    "aria-invalid": Boolean(fault),
    "aria-describedby": described({ ...about, fault }),
    ...events,
  };
  return (
    <Field {...about} fault={fault}>
      {long
        ? <textarea {...props} class="input form__text" rows={6} />
        : <input {...props} class="input" type={inputType(schema)} />}
    </Field>
  );
}

function inputType({ format }: JsonSchema): string {
  return format === "date" ? "date" : format === "uri" ? "url" : format === "email" ? "email" : "text";
}

/** A number. */
export function NumberField(
  { value, schema, required = false, onChange, ...about }: FieldAbout & {
    value: unknown;
    schema: JsonSchema;
    required?: boolean;
    onChange(value: number | undefined): void;
  },
) {
  const numberOf = (text: string) => text.trim() === "" ? undefined : Number(text);
  const stored = typeof value === "number" ? String(value) : "";
  const { text, fault: own, ...events } = useTyped(
    stored,
    (text) => fieldFault(numberOf(text), schema, required),
    (text) => {
      onChange(numberOf(text));
      return numberOf(text)?.toString() ?? "";
    },
    { number: true },
  );
  const fault = about.fault ?? own;
  return (
    <Field {...about} fault={fault}>
      <input
        id={about.id}
        class="input"
        type="number"
        step={schema.multipleOf ?? (schema.type === "integer" ? 1 : "any")}
        min={schema.minimum}
        max={schema.maximum}
        value={text}
        placeholder={about.placeholder}
        aria-invalid={Boolean(fault)}
        aria-describedby={described({ ...about, fault })}
        {...events}
      />
    </Field>
  );
}

/** On or off. */
export function SwitchField(
  { value, onChange, ...about }: FieldAbout & { value: boolean; onChange(on: boolean): void },
) {
  const { id, label, help, fault } = about;
  return (
    <div class="field">
      <label class="form__switch">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={value}
          aria-describedby={described(about)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {help && <p class="field__hint" id={`${id}-help`}>{help}</p>}
      {fault && <p class="field-error" id={`${id}-fault`} role="alert">{fault}</p>}
    </div>
  );
}

/** One of a few, side by side. */
export function ChoiceField(
  { value, choices, none, titles, onChange, ...about }: FieldAbout & {
    value: string;
    choices: (string | number)[];
    none?: string;
    titles?: Record<string, string>;
    onChange(value: string | undefined): void;
  },
) {
  const all = [
    ...none === undefined ? [] : [{ value: "", title: none }],
    ...choices.map((one) => ({ value: String(one), title: titleOf(one, { titles }) })),
  ];
  return (
    <FieldGroup {...about} class="form__choices">
      <div class="form__segments">
        {all.map((one) => (
          <label key={one.value} class="form__segment">
            <input
              type="radio"
              name={about.id}
              value={one.value}
              checked={one.value === value}
              onChange={() => onChange(one.value || undefined)}
            />
            <span>{one.title}</span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

/** Any of a few, each to tick. */
export function ChoicesField(
  { value, choices, schema, onChange, ...about }: FieldAbout & {
    value: string[];
    choices: (string | number)[];
    schema: JsonSchema;
    onChange(value: string[]): void;
  },
) {
  const toggled = (one: string) =>
    choices.map(String).filter((other) => other === one ? !value.includes(one) : value.includes(other));
  return (
    <FieldGroup {...about} fault={about.fault ?? fieldFault(value, schema)} class="form__choices">
      <div class="form__ticks">
        {choices.map(String).map((one) => (
          <label key={one} class="form__tick">
            <input
              type="checkbox"
              value={one}
              checked={value.includes(one)}
              onChange={() => onChange(toggled(one))}
            />
            <span>{titleOf(one, { titles: schema.titles ?? schema.items?.titles })}</span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

/** Texts or numbers, one a line. */
export function ListField(
  { value, schema, onChange, ...given }: FieldAbout & {
    value: (string | number)[];
    schema: JsonSchema;
    onChange(value: (string | number)[]): void;
  },
) {
  const numbers = schema.items?.type === "number" || schema.items?.type === "integer";
  const read = (text: string) => {
    const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return numbers ? lines.map(Number) : lines;
  };
  const { text, fault, ...events } = useTyped(value.join("\n"), (text) => fieldFault(read(text), schema), (text) => {
    onChange(read(text));
    return read(text).join("\n");
  });
  const about = { ...given, help: given.help ?? "One a line", fault: given.fault ?? fault };
  return (
    <Field {...about}>
      <textarea
        id={about.id}
        class="input form__text"
        rows={4}
        value={text}
        placeholder={about.placeholder}
        aria-invalid={Boolean(about.fault)}
        aria-describedby={described(about)}
        {...events}
      />
    </Field>
  );
}
