/** The fields that forms are made of. Each shows its label, tells every change at once and says what does not fit. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type JsonSchema, numberFault } from "./json_schema.ts";

interface About {
  id: string;
  label: string;
  help?: string;
}
interface Choice {
  value: string;
  title: string;
}

function Field({ id, label, help, fault, children }: About & { fault?: string | null; children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      {children}
      {help && <p class="field__hint" id={`${id}-help`}>{help}</p>}
      {fault && <p class="field-error" id={`${id}-fault`} role="alert">{fault}</p>}
    </div>
  );
}

/** Words; several lines where `long`. */
export function TextField(
  { value, long = false, onChange, ...about }: About & {
    value: string;
    long?: boolean;
    onChange(value: string): void;
  },
) {
  return (
    <Field {...about}>
      {long
        ? (
          <textarea
            id={about.id}
            class="input form__text"
            rows={6}
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )
        : (
          <input
            id={about.id}
            class="input"
            type="text"
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )}
    </Field>
  );
}

/** A number; what does not fit is said and not told on. */
export function NumberField(
  { value, schema, required = false, onChange, ...about }: About & {
    value: unknown;
    schema: JsonSchema;
    required?: boolean;
    onChange(value: number | undefined): void;
  },
) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (typeof value === "number" ? String(value) : "");
  const empty = shown.trim() === "";
  const fault = empty ? null : numberFault(Number(shown), schema);
  const input = (text: string) => {
    setTyped(text);
    if (text.trim() === "") {
      if (!required) onChange(undefined);
    } else if (!numberFault(Number(text), schema)) onChange(Number(text));
  };
  return (
    <Field {...about} fault={fault}>
      <input
        id={about.id}
        class="input"
        type="number"
        step={schema.type === "integer" ? 1 : "any"}
        min={schema.minimum}
        max={schema.maximum}
        value={shown}
        aria-invalid={fault !== null}
        aria-describedby={fault ? `${about.id}-fault` : undefined}
        onInput={(event) => input(event.currentTarget.value)}
        onBlur={() => setTyped(null)}
      />
    </Field>
  );
}

/** On or off. */
export function SwitchField(
  { id, label, help, value, onChange }: About & { value: boolean; onChange(value: boolean): void },
) {
  return (
    <div class="field">
      <label class="form__switch">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={value}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {help && <p class="field__hint">{help}</p>}
    </div>
  );
}

/** One of a list that may be long. A value that is not in the list stays, and is named. */
export function PickField(
  { value, choices, none, onChange, ...about }: About & {
    value: string;
    choices: Choice[];
    /** The words for no value, where there may be none. */
    none?: string;
    onChange(value: string | undefined): void;
  },
) {
  const unknown = value !== "" && !choices.some((choice) => choice.value === value);
  return (
    <Field {...about} fault={unknown ? `“${value}” is not in this data; choose another` : null}>
      <select
        id={about.id}
        class="select"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      >
        {(none !== undefined || value === "") && <option value="">{none ?? "Choose …"}</option>}
        {unknown && <option value={value}>{value}</option>}
        {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.title}</option>)}
      </select>
    </Field>
  );
}

/** Several of a list, in the order in which they were chosen. */
export function PickManyField(
  { id, label, help, value, choices, most = 50, onChange }: About & {
    value: string[];
    choices: Choice[];
    most?: number;
    onChange(value: string[]): void;
  },
) {
  const title = (name: string) => choices.find((choice) => choice.value === name)?.title ?? name;
  const open = choices.filter((choice) => !value.includes(choice.value));
  return (
    <Field id={id} label={label} help={help}>
      {value.length > 0 && (
        <ul class="form__chosen" aria-label={label}>
          {value.map((name) => (
            <li key={name} class="chip">
              {title(name)}
              <button
                type="button"
                class="form__drop"
                aria-label={`Take ${title(name)} away`}
                onClick={() => onChange(value.filter((other) => other !== name))}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        id={id}
        class="select"
        value=""
        disabled={open.length === 0 || value.length >= most}
        onChange={(event) => {
          const name = event.currentTarget.value;
          event.currentTarget.value = "";
          if (name) onChange([...value, name]);
        }}
      >
        <option value="">{value.length >= most ? `At most ${most}` : "Add …"}</option>
        {open.map((choice) => <option key={choice.value} value={choice.value}>{choice.title}</option>)}
      </select>
    </Field>
  );
}

/** One of a few, side by side. */
export function ChoiceField(
  { id, label, help, value, choices, none, onChange }: About & {
    value: string;
    choices: (string | number)[];
    none?: string;
    onChange(value: string | undefined): void;
  },
) {
  const all = [...none === undefined ? [] : [{ value: "", title: none }], ...choices.map((one) => choice(String(one)))];
  return (
    <fieldset class="field form__choices">
      <legend class="field__label">{label}</legend>
      <div class="form__segments">
        {all.map((one) => (
          <label key={one.value} class="form__segment">
            <input
              type="radio"
              name={id}
              value={one.value}
              checked={one.value === value}
              onChange={() => onChange(one.value || undefined)}
            />
            <span>{one.title}</span>
          </label>
        ))}
      </div>
      {help && <p class="field__hint">{help}</p>}
    </fieldset>
  );
}

/** Texts, one a line. */
export function ListField(
  { value, onChange, ...about }: About & { value: string[]; onChange(value: string[]): void },
) {
  return (
    <Field {...about} help={about.help ?? "One a line"}>
      <textarea
        id={about.id}
        class="input form__text"
        rows={4}
        defaultValue={value.join("\n")}
        onInput={(event) => onChange(event.currentTarget.value.split("\n").filter((line) => line.trim() !== ""))}
      />
    </Field>
  );
}

const WORDS: Record<string, string> = { desc: "Highest first", asc: "Lowest first" };

function choice(value: string): Choice {
  const title = WORDS[value] ?? value.charAt(0).toUpperCase() + value.slice(1).replaceAll("-", " ");
  return { value, title };
}
