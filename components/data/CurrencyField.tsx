import { currencyChoices } from "@/lib/format/currencies.ts";

/** A list of currencies to pick from. */
export function CurrencyField({ label, value, none, locale }: {
  label: string;
  /** The code that is chosen; "" where none is. */
  value: string;
  /** What the first line says, which chooses none. */
  none: string;
  locale: string;
}) {
  return (
    <label class="field">
      <span class="field__label">{label}</span>
      <select class="select" name="currency" required={none.endsWith("…")}>
        <option value="" selected={value === ""}>{none}</option>
        {currencyChoices(locale).map(({ code, name }) => (
          <option key={code} value={code} selected={code === value}>{`${code} – ${name}`}</option>
        ))}
      </select>
    </label>
  );
}
