import type { ComponentChildren } from "preact";

/** What stands at the top of a page. */
export interface PageHeaderProps {
  title: string;
  /** Grey words beside the title: what it is, how fresh. */
  note?: ComponentChildren;
  /** A link one level up. */
  up?: { href: string; title: string };
  /** Buttons; the page's one main action last. */
  children?: ComponentChildren;
}

/** The title of a page, what to know about it, and its actions. */
export function PageHeader({ title, note, up, children }: PageHeaderProps) {
  return (
    <header class="page-header">
      <div class="page-header__words">
        {up && (
          <nav class="page-header__up" aria-label="Up">
            <a href={up.href}>{up.title}</a>
          </nav>
        )}
        <h1>{title}</h1>
        {note && <p class="page-header__note">{note}</p>}
      </div>
      {children && <div class="page-header__actions">{children}</div>}
    </header>
  );
}
