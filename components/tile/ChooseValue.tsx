import type { WidgetEvent } from "@/lib/widget/mod.ts";

/** A value in a tile that can be chosen. */
export interface ChooseValueProps {
  field: string;
  /** "" is no value; null is what cannot be chosen, such as "Other". */
  value: string | null;
  text: string;
  /** What is chosen in the tile, by field. */
  selected?: Record<string, string[]>;
  /** Told of the choice; without it the value is plain text. */
  dispatch?: (event: WidgetEvent) => void;
}

/** A value as a button: a click chooses it, with Shift besides the others, with Alt it is opened. */
export function ChooseValue({ field, value, text, selected, dispatch }: ChooseValueProps) {
  if (value === null || !dispatch) return <span class="table__text" title={text}>{text}</span>;
  const choose = (event: MouseEvent) => {
    if (event.altKey) return dispatch({ type: "drill", field, value });
    dispatch({ type: "select", field, value, additive: event.shiftKey || event.metaKey || event.ctrlKey });
  };
  return (
    <button
      type="button"
      class="table__choose"
      title={text}
      aria-pressed={selected?.[field]?.includes(value) ?? false}
      onClick={choose}
      onKeyDown={(event) => {
        // Browsers press no button on Alt and Enter.
        if (event.key !== "Enter" || !event.altKey) return;
        event.preventDefault();
        dispatch({ type: "drill", field, value });
      }}
    >
      {text}
    </button>
  );
}

/** Whether a row stands back: something is chosen in one of its fields, and not what it has. "Other" has null. */
export function isLeftOut(selected: Record<string, string[]> = {}, values: Record<string, string | null>): boolean {
  return Object.entries(values).some(([field, value]) =>
    selected[field] !== undefined && (value === null || !selected[field].includes(value))
  );
}
