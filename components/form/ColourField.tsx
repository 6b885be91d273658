import { type FieldAbout, FieldGroup } from "./Field.tsx";

/** Colours that stay apart from each other for all readers, by what they are called. */
const PALETTE = ["teal", "blue", "orange", "purple", "green", "pink", "navy", "brown"]
  .map((title, index) => ({ value: `series-${index + 1}`, title }));

/** A colour: one of the palette, which is right in light and in dark, or, where `own`, any. */
export function ColourField(
  { value, none, own, onChange, ...about }: FieldAbout & {
    value: string;
    none?: string;
    /** Whether any other colour will do. */
    own: boolean;
    onChange(value: string | undefined): void;
  },
) {
  const isOwn = value.startsWith("#");
  return (
    <FieldGroup {...about} class="form__choices">
      <div class="form__swatches">
        {none !== undefined && (
          <label class="form__segment">
            <input
              type="radio"
              name={about.id}
              value=""
              checked={value === ""}
              onChange={() => onChange(undefined)}
            />
            <span>{none}</span>
          </label>
        )}
        {PALETTE.map(({ value: token, title }) => (
          <label key={token} class="form__swatch" title={title}>
            <input
              type="radio"
              name={about.id}
              value={token}
              aria-label={title}
              checked={value === token}
              onChange={() => onChange(token)}
            />
            <span class={`swatch swatch--${token.slice(-1)}`} aria-hidden="true" />
          </label>
        ))}
      </div>
      {own && (
        <label class="form__own">
          <input
            type="color"
            value={isOwn ? value : "#0f766e"}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <span>{isOwn ? `Your own: ${value}` : "Your own colour"}</span>
        </label>
      )}
    </FieldGroup>
  );
}
