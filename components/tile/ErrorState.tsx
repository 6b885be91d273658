/** What went wrong in a tile, why, and the way to try again. */
export function ErrorState({ title, detail, onRetry }: { title: string; detail: string; onRetry?: () => void }) {
  return (
    <div class="tile__state tile__state--bad" role="alert">
      <p>
        <strong>{title}.</strong> {detail}
      </p>
      {onRetry && <button type="button" class="button button--quiet" onClick={onRetry}>Try again</button>}
    </div>
  );
}
