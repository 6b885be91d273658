import type { ComponentChildren } from "preact";

/** A button that changes something: a plain form, so it works where no script runs. */
export function PostButton({ action, name, kind = "", children }: {
  /** The page that answers. */
  action: string;
  /** What to do, as the field `action`. */
  name: string;
  kind?: "" | "primary" | "quiet" | "small";
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={action}>
      <button class={kind ? `button button--${kind}` : "button"} type="submit" name="action" value={name}>
        {children}
      </button>
    </form>
  );
}
