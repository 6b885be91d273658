/** A list of objects: added, removed, and put in another order by buttons or with Alt and the arrow keys. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { type FieldAbout, FieldGroup } from "./Field.tsx";

/** One entry of the list. */
export type FormRow = Record<string, unknown>;

/** What the field needs. */
export interface RowsFieldProps extends FieldAbout {
  value: FormRow[];
  /** What one entry is called: "Goal". */
  one: string;
  most?: number;
  /** What a new entry begins with. */
  start(): FormRow;
  /** Draws the fields of an entry; `id` begins their ids. */
  fields(row: FormRow, id: string, onChange: (row: FormRow) => void): ComponentChildren;
  onChange(value: FormRow[]): void;
}

/** The field. */
export function RowsField({ value, one, most = 50, start, fields, onChange, ...about }: RowsFieldProps) {
  const keys = useRowKeys(value.length);
  const focusOn = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());
  const move = (from: number, to: number) => {
    if (to < 0 || to >= value.length) return;
    const key = keys.move(from, to);
    onChange(value.toSpliced(from, 1).toSpliced(to, 0, value[from]!));
    focusOn(`${about.id}-${key}`);
  };
  return (
    <FieldGroup {...about}>
      <ol class="form__rows">
        {value.map((row, index) => {
          const key = keys.at(index);
          const id = `${about.id}-${key}`;
          const name = `${one} ${index + 1}`;
          return (
            <li key={key} class="form__row">
              <fieldset
                id={id}
                class="form__row-fields"
                tabIndex={-1}
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
                  event.preventDefault();
                  event.stopPropagation();
                  move(index, index + (event.key === "ArrowUp" ? -1 : 1));
                }}
              >
                <legend class="form__row-title">{name}</legend>
                <div class="form__row-buttons">
                  <RowButton words={`Move ${name} up`} sign="↑" off={index === 0} act={() => move(index, index - 1)} />
                  <RowButton
                    words={`Move ${name} down`}
                    sign="↓"
                    off={index === value.length - 1}
                    act={() => move(index, index + 1)}
                  />
                  <RowButton
                    words={`Remove ${name}`}
                    sign="×"
                    act={() => {
                      keys.remove(index);
                      onChange(value.toSpliced(index, 1));
                      focusOn(`${about.id}-add`);
                    }}
                  />
                </div>
                {fields(row, id, (next) => onChange(value.with(index, next)))}
              </fieldset>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        id={`${about.id}-add`}
        class="button button--small form__add"
        disabled={value.length >= most}
        onClick={() => {
          onChange([...value, start()]);
          const added = `${about.id}-${keys.next()}`;
          requestAnimationFrame(() =>
            document.getElementById(added)?.querySelector<HTMLElement>("input, select, textarea")?.focus()
          );
        }}
      >
        {value.length >= most ? `At most ${most}` : `Add ${one.toLowerCase()}`}
      </button>
    </FieldGroup>
  );
}

function RowButton({ words, sign, off = false, act }: { words: string; sign: string; off?: boolean; act(): void }) {
  return (
    <button type="button" class="form__drop" aria-label={words} aria-disabled={off} onClick={() => !off && act()}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

/** Names for entries that have none, so that a moved entry keeps its fields and their focus. */
function useRowKeys(length: number) {
  const held = useRef({ keys: [] as number[], next: 0 });
  const { current } = held;
  while (current.keys.length < length) current.keys.push(current.next++);
  current.keys.length = length;
  return {
    at: (index: number) => current.keys[index]!,
    next: () => current.next,
    move(from: number, to: number): number {
      const [key] = current.keys.splice(from, 1);
      current.keys.splice(to, 0, key!);
      return key!;
    },
    remove: (index: number) => void current.keys.splice(index, 1),
  };
}
