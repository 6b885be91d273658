import type { ComponentChildren } from "preact";

/** Says what is not there yet and what to do; the children are the buttons to do it. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <svg class="empty__picture" viewBox="0 0 96 60" width="96" height="60" aria-hidden="true" focusable="false">
        <rect x="1" y="1" width="28" height="36" rx="6" />
        <rect x="35" y="1" width="28" height="20" rx="6" />
        <rect x="69" y="1" width="26" height="36" rx="6" />
        <rect x="1" y="43" width="28" height="16" rx="6" />
        <rect x="35" y="27" width="28" height="32" rx="6" />
        <rect x="69" y="43" width="26" height="16" rx="6" />
      </svg>
      <h2 class="empty__title">{title}</h2>
      <p class="empty__text">{text}</p>
      {children && <div class="empty__actions">{children}</div>}
    </div>
  );
}
