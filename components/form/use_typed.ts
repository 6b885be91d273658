import { useState } from "preact/hooks";

/** A field in which somebody types. */
export interface Typed {
  /** What stands in the field. */
  text: string;
  fault: string | null;
  onInput(event: { currentTarget: { value: string } }): void;
  onBlur(): void;
}

/**
 * What is typed into a field whose stored value reads as `stored`. What fits is told at once; what does not stays in the
 * field until it is mended or the value changes from outside, and the last value that fitted holds. With `number` it is
 * the one from before the typing: the 9 of a 99 that is too much was never meant. `tell` answers how the value reads.
 */
export function useTyped(
  stored: string,
  faultOf: (text: string) => string | null,
  tell: (text: string) => string,
  { number = false } = {},
): Typed {
  const [typed, setTyped] = useState<{ text: string; before: string; told: string } | null>(null);
  const now = typed && typed.told === stored ? typed : null;
  const text = now?.text ?? stored;
  return {
    text,
    fault: faultOf(text),
    onInput({ currentTarget: { value } }) {
      const before = now?.before ?? stored;
      const fits = faultOf(value) === null;
      const told = fits ? tell(value) : number && before !== stored ? tell(before) : stored;
      setTyped({ text: value, before, told });
    },
    onBlur() {
      if (now && faultOf(now.text) === null) setTyped(null);
    },
  };
}
