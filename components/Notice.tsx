import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

const ICONS: Record<string, IconName> = { bad: "alert", warn: "alert", good: "check", info: "question", plain: "undo" };

/** What happened to the thing of this page, and what can be done about it. */
export function Notice({ tone, icon, title, text, children }: {
  tone: "bad" | "warn" | "good" | "info" | "plain";
  /** @default the tone's own */
  icon?: IconName;
  title: string;
  text?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice notice--${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <Icon name={icon ?? ICONS[tone] ?? "question"} />
      <div class="notice__body">
        <p>
          <strong>{title}</strong>
        </p>
        {text && <p>{text}</p>}
        {children}
      </div>
    </div>
  );
}
