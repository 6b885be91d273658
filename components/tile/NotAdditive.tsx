/** What is said where only single stored rows may be shown. */
const SINGLE_ROWS =
  "Show it where one stored row stands behind each value: by the finest breakdown, or for a single day";

/** A metric that must not be added up over what was asked: why, and what can be shown instead. */
export function NotAdditive({ title, message, hint = SINGLE_ROWS }: { title: string; message: string; hint?: string }) {
  return (
    <div class="tile__state tile__state--warn">
      <p>
        <strong>{title} cannot be added up.</strong> {message}.
      </p>
      <p>{hint}.</p>
    </div>
  );
}
