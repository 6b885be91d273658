/** Fields that choose from a list which may be long: one value, or several in an order. */
import { described, Field, type FieldAbout } from "./Field.tsx";

/** A value of a list, and what it is called. */
export interface Choice {
  value: string;
  title: string;
}

/** One of a list. A value that is not in the list stays, and is named. */
export function PickField(
  { value, choices, none, more, onChange, ...about }: FieldAbout & {
    value: string;
    choices: Choice[];
    /** The words for no value, where there may be none. */
    none?: string;
    /** What can be done besides choosing, at the end of the list. */
    more?: { title: string; act(): void };
    onChange(value: string | undefined): void;
  },
) {
  const unknown = value !== "" && !choices.some((choice) => choice.value === value);
  const fault = about.fault ?? (unknown ? `“${value}” is not in this data; choose another` : null);
  return (
    <Field {...about} fault={fault}>
      <select
        id={about.id}
        class="select"
        value={value}
        aria-invalid={Boolean(fault)}
        aria-describedby={described({ ...about, fault })}
        onChange={(event) => {
          const select = event.currentTarget;
          if (more && select.value === MORE) {
            select.value = value;
            return more.act();
          }
          onChange(select.value || undefined);
        }}
      >
        {(none !== undefined || value === "") && <option value="">{none ?? "Choose …"}</option>}
        {unknown && <option value={value}>{value}</option>}
        {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.title}</option>)}
        {more && <option value={MORE}>{more.title}</option>}
      </select>
    </Field>
  );
}

/** No name of a metric or column looks like this. */
const MORE = "+";

/** Several of a list, in the order in which they were chosen. */
export function PickManyField(
  { value, choices, least = 0, most = 50, more, onChange, ...about }: FieldAbout & {
    value: string[];
    choices: Choice[];
    least?: number;
    most?: number;
    more?: { title: string; act(): void };
    onChange(value: string[]): void;
  },
) {
  const known = new Map(choices.map((choice) => [choice.value, choice.title]));
  const title = (name: string) => known.get(name) ?? name;
  const open = choices.filter((choice) => !value.includes(choice.value));
  const strange = value.filter((name) => !known.has(name));
  const fault = about.fault ??
    (value.length < least
      ? least === 1 ? "Choose at least one" : `Choose at least ${least}`
      : strange.length > 0
      ? `Not in this data: ${strange.join(", ")}; take it away`
      : null);
  return (
    <Field {...about} fault={fault}>
      {value.length > 0 && (
        <ul class="form__chosen" aria-label={about.label}>
          {value.map((name, index) => (
            <li key={name} class="chip">
              {title(name)}
              {index > 0 && (
                <button
                  type="button"
                  class="form__drop"
                  aria-label={`Put ${title(name)} before ${title(value[index - 1]!)}`}
                  onClick={() => onChange(value.with(index, value[index - 1]!).with(index - 1, name))}
                >
                  <span aria-hidden="true">‹</span>
                </button>
              )}
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
        id={about.id}
        class="select"
        value=""
        disabled={value.length >= most || (open.length === 0 && !more)}
        aria-describedby={described({ ...about, fault })}
        onChange={(event) => {
          const name = event.currentTarget.value;
          event.currentTarget.value = "";
          if (more && name === MORE) more.act();
          else if (name) onChange([...value, name]);
        }}
      >
        <option value="">{value.length >= most ? `At most ${most}` : "Add …"}</option>
        {open.map((choice) => <option key={choice.value} value={choice.value}>{choice.title}</option>)}
        {more && <option value={MORE}>{more.title}</option>}
      </select>
    </Field>
  );
}
