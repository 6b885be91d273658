/** A metric that must not be added up over what was asked: why, and what can be shown instead. */
export function NotAdditive({ title, message }: { title: string; message: string }) {
  return (
    <div class="tile__state tile__state--warn">
      <p>
        <strong>{title} cannot be added up.</strong> {message}.
      </p>
      <p>Show it where one stored row stands behind each value: by the finest breakdown, or a single day.</p>
    </div>
  );
}
