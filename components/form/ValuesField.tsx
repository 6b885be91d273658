/** Values of a dimension, looked up in the data with their counts: arrows go through them, Enter chooses, Escape closes. */
import { useState } from "preact/hooks";
import { valueLabel } from "@/lib/format/mod.ts";
import { useValues } from "./use_values.ts";

/** What the field needs. */
export interface ValuesFieldProps {
  id: string;
  label: string;
  dataset: string;
  column: string;
  value: string[];
  locale: string;
  onChange(value: string[]): void;
}

/** The field. */
export function ValuesField({ id, label, dataset, column, value, locale, onChange }: ValuesFieldProps) {
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { values, state } = useValues(dataset, column, search, open);
  const typed = search.trim();
  const isNew = typed !== "" && !values.some((one) => one.value === typed) && !value.includes(typed);
  const offered = [...values, ...isNew ? [{ value: typed, rows: null }] : []];
  const at = Math.min(active, offered.length - 1);
  const words = (one: string) => valueLabel(column, one, locale);
  const number = new Intl.NumberFormat(locale);
  const toggle = (one: string) => {
    onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
    setSearch("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) setOpen(true);
      else if (offered.length > 0) {
        setActive((at + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length);
      }
    } else if (event.key === "Enter" && open && offered[at]) toggle(offered[at].value);
    else if (event.key === "Escape" && open) setOpen(false);
    else if (event.key === "Backspace" && search === "" && value.length > 0) return onChange(value.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has keys of its own
  };
  return (
    <div class="values-field">
      {value.length > 0 && (
        <ul class="form__chosen" aria-label={`${label}: chosen`}>
          {value.map((one) => (
            <li key={one} class="chip">
              {words(one)}
              <button
                type="button"
                class="form__drop"
                aria-label={`Take ${words(one)} away`}
                onClick={() => onChange(value.filter((other) => other !== one))}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        class="input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && offered.length > 0 ? `${id}-${at}` : undefined}
        placeholder={value.length === 0 ? "Search values" : "Add another"}
        value={search}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onInput={(event) => {
          setOpen(true);
          setActive(0);
          setSearch(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        id={`${id}-list`}
        class="values-field__list"
        role="listbox"
        aria-label={`${label}: values in the data`}
        aria-multiselectable="true"
        hidden={!open || offered.length === 0}
      >
        {offered.map((one, index) => (
          <li
            key={one.value}
            id={`${id}-${index}`}
            role="option"
            class={index === at ? "values-field__active" : undefined}
            aria-selected={value.includes(one.value)}
            onPointerDown={(event) => {
              event.preventDefault(); // the field keeps the focus
              toggle(one.value);
            }}
          >
            <span class="values-field__tick" aria-hidden="true">{value.includes(one.value) ? "✓" : ""}</span>
            <span class="values-field__label">{one.rows === null ? `Use “${one.value}”` : words(one.value)}</span>
            {one.rows !== null && <span class="values-field__count">{number.format(one.rows)}</span>}
          </li>
        ))}
      </ul>
      {open && state === "failed" && (
        <p class="field-error" role="alert">The values could not be looked up; write one and press Enter</p>
      )}
      {open && state === "ready" && offered.length === 0 && <p class="field__hint">The data has no values here.</p>}
    </div>
  );
}
