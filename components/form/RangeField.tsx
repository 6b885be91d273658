import { useState } from "preact/hooks";
import { RANGE_PRESETS } from "@/components/dashboard/range_presets.ts";
import type { DateRange } from "@/lib/model/mod.ts";
import { writeRange } from "@/lib/model/page_filters_text.ts";
import { type FieldAbout, FieldGroup } from "./Field.tsx";
import { fieldFault } from "./field_fault.ts";
import { useTyped } from "./use_typed.ts";

/** What the field needs. */
export interface RangeFieldProps extends FieldAbout {
  value: DateRange | undefined;
  /** The words for no range, where there may be none. */
  none?: string;
  onChange(value: DateRange | undefined): void;
}

const UNITS = ["day", "week", "month", "quarter", "year"] as const;
const [LAST, FIXED] = ["last", "fixed"];

/** Days: those of a preset, the last so many, or fixed ones. */
export function RangeField({ value, none, onChange, ...about }: RangeFieldProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const preset = value && RANGE_PRESETS.find(({ range }) => writeRange(range) === writeRange(value));
  const stored = !value ? "" : preset ? writeRange(value) : "from" in value ? FIXED : "last" in value ? LAST : "kept";
  const shown = asked ?? stored;
  const choose = (choice: string) => {
    setAsked(choice === LAST || choice === FIXED ? choice : null);
    if (choice === LAST) onChange(value && "last" in value ? value : { last: 14, unit: "day" });
    else if (choice === "") onChange(undefined);
    else {
      const found = RANGE_PRESETS.find(({ range }) => writeRange(range) === choice);
      if (found) onChange(found.range);
    }
  };
  return (
    <FieldGroup {...about}>
      <select
        id={about.id}
        class="select"
        aria-label={about.label}
        value={shown}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {(none !== undefined || shown === "") && <option value="">{none ?? "Choose …"}</option>}
        {RANGE_PRESETS.map(({ title, range }) => <option key={title} value={writeRange(range)}>{title}</option>)}
        <option value={LAST}>The last …</option>
        <option value={FIXED}>From … to …</option>
        {stored === "kept" && <option value="kept">{writeRange(value!).replaceAll("-", " ")}</option>}
      </select>
      {shown === LAST && <LastUnits id={about.id} value={value} onChange={onChange} />}
      {shown === FIXED && <FixedDays id={about.id} value={value} onChange={onChange} />}
    </FieldGroup>
  );
}

function LastUnits({ id, value, onChange }: Pick<RangeFieldProps, "id" | "value" | "onChange">) {
  const { last, unit } = value && "last" in value ? value : { last: 14, unit: "day" as const };
  const { text, fault, ...events } = useTyped(
    String(last),
    (text) => fieldFault(Number(text), { type: "integer", minimum: 1, maximum: 3_660 }),
    (text) => {
      onChange({ last: Number(text), unit });
      return String(Number(text));
    },
    { number: true },
  );
  return (
    <>
      <div class="form__pair">
        <input
          id={`${id}-count`}
          class="input"
          type="number"
          min={1}
          max={3660}
          aria-label="How many"
          value={text}
          aria-invalid={fault !== null}
          {...events}
        />
        <select
          id={`${id}-unit`}
          class="select"
          aria-label="Unit"
          value={unit}
          onChange={(event) => onChange({ last, unit: event.currentTarget.value as typeof unit })}
        >
          {UNITS.map((one) => <option key={one} value={one}>{one}s</option>)}
        </select>
      </div>
      {fault && <p class="field-error" role="alert">{fault}</p>}
    </>
  );
}

function FixedDays({ id, value, onChange }: Pick<RangeFieldProps, "id" | "value" | "onChange">) {
  const fixed = value && "from" in value ? value : { from: "", to: "" };
  const [days, setDays] = useState(fixed);
  const [seen, setSeen] = useState(fixed);
  // Undo, or another editor, may change the days from outside; half-written ones are nobody else's.
  if (fixed.from !== seen.from || fixed.to !== seen.to) {
    setSeen(fixed);
    setDays(fixed);
  }
  const change = (next: typeof days) => {
    setDays(next);
    if (!next.from || !next.to || next.from > next.to) return;
    setSeen(next);
    onChange(next);
  };
  const fault = !days.from || !days.to
    ? "Choose both days"
    : days.from > days.to
    ? "The first day is after the last one"
    : null;
  return (
    <>
      <div class="form__pair">
        {(["from", "to"] as const).map((end) => (
          <input
            key={end}
            id={`${id}-${end}`}
            class="input"
            type="date"
            aria-label={end === "from" ? "First day" : "Last day"}
            value={days[end]}
            aria-invalid={Boolean(fault)}
            onInput={(event) => change({ ...days, [end]: event.currentTarget.value })}
          />
        ))}
      </div>
      {fault && <p class="field-error" role="alert">{fault}</p>}
    </>
  );
}
