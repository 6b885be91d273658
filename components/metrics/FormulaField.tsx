import { useId, useRef, useState } from "preact/hooks";
import { completed, completions, type FormulaWord } from "./completions.ts";

/** What the field needs. */
export interface FormulaFieldProps {
  value: string;
  words: FormulaWord[];
  /** What is wrong with it, in words; empty where nothing is. */
  problem: string;
  onChange(value: string): void;
}

/** A formula with the words it may hold offered while it is typed: arrows choose, Enter or Tab writes, Escape closes. */
export function FormulaField({ value, words, problem, onChange }: FormulaFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const offered = cursor === null ? [] : completions(value, cursor, words);
  const chosen = Math.min(active, offered.length - 1);
  const write = (word: FormulaWord) => {
    const next = completed(value, cursor ?? value.length, word);
    onChange(next.text);
    setCursor(null);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0) return;
    if (event.key === "ArrowDown") setActive((chosen + 1) % offered.length);
    else if (event.key === "ArrowUp") setActive((chosen + offered.length - 1) % offered.length);
    else if (event.key === "Enter" || event.key === "Tab") write(offered[chosen]!);
    else if (event.key === "Escape") setCursor(null);
    else return;
    event.preventDefault();
  };
  return (
    <div class="field formula">
      <label class="field__label" for={`${id}-input`}>Formula</label>
      <input
        ref={input}
        id={`${id}-input`}
        class="input mono"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder="spend / conversions"
        value={value}
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={offered.length > 0 ? `${id}-${chosen}` : undefined}
        aria-invalid={problem !== ""}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          setActive(0);
          setCursor(event.currentTarget.selectionStart);
          onChange(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
      />
      <ul id={`${id}-list`} class="formula__words" role="listbox" aria-label="Words" hidden={offered.length === 0}>
        {offered.map((word, index) => (
          <li
            key={word.text}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerDown={(event) => {
              event.preventDefault(); // the field keeps the focus
              write(word);
            }}
          >
            <code>{word.text}</code>
            <span>{word.title}</span>
            <span class="quiet">{word.note}</span>
          </li>
        ))}
      </ul>
      <p id={`${id}-hint`} class={problem ? "formula__problem" : "field__hint"}>
        {problem || "Metrics by name with + − × ÷ and brackets; sum(column), count_distinct(column) for new ones"}
      </p>
    </div>
  );
}
