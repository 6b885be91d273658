/** A share as a small bar, drawn and not styled: its length is an attribute. */
export function ShareBar({ share, color }: { share: number; color?: number | "rest" }) {
  const width = Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10;
  return (
    <svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="share-bar__track" width="100" height="8" rx="2" />
      <rect class={`share-bar__value${color ? ` fill--${color}` : ""}`} width={width} height="8" rx="2" />
    </svg>
  );
}
