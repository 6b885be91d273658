import type { ComponentChildren } from "preact";

/** What every field has. */
export interface FieldAbout {
  id: string;
  label: string;
  help?: string;
  placeholder?: string;
  /** What does not fit, in words. */
  fault?: string | null;
  /** Takes the value away, so that its default holds; absent where it holds already. */
  onReset?: () => void;
}

/** Ids of the texts that explain a field, for `aria-describedby`. */
export function described({ id, help, fault }: FieldAbout): string | undefined {
  return [help ? `${id}-help` : "", fault ? `${id}-fault` : ""].filter((one) => one !== "").join(" ") || undefined;
}

/** A field: its label with the way back to the default, its control, help, and what does not fit. */
export function Field({ children, ...about }: FieldAbout & { children: ComponentChildren }) {
  return (
    <div class="field">
      <span class="form__head">
        <label class="field__label" for={about.id}>{about.label}</label>
        <ResetButton {...about} />
      </span>
      {children}
      <FieldNotes {...about} />
    </div>
  );
}

/** Fields under one legend. */
export function FieldGroup(
  { children, class: name = "", ...about }: FieldAbout & { class?: string; children: ComponentChildren },
) {
  return (
    <fieldset class={`field form__fieldset ${name}`} aria-describedby={described(about)}>
      <legend class="field__label">{about.label}</legend>
      <ResetButton {...about} />
      {children}
      <FieldNotes {...about} />
    </fieldset>
  );
}

function ResetButton({ label, onReset }: FieldAbout) {
  if (!onReset) return null;
  return (
    <button type="button" class="form__reset" aria-label={`Reset ${label}`} onClick={onReset}>
      Reset
    </button>
  );
}

function FieldNotes({ id, help, fault }: FieldAbout) {
  return (
    <>
      {help && <p class="field__hint" id={`${id}-help`}>{help}</p>}
      {fault && <p class="field-error" id={`${id}-fault`} role="alert">{fault}</p>}
    </>
  );
}
