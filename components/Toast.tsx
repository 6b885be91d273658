import type { ComponentChildren } from "preact";

/** Says what just happened; the children take it back. */
export function Toast({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="toast" role="status">
      <span>{text}</span>
      {children}
    </div>
  );
}
