import type { ComponentChildren } from "preact";
import type { Notice } from "@/lib/model/mod.ts";

/** What stands around a tile's content. */
export interface TileContentProps {
  /** What is shown; no header where it is empty. */
  title: string;
  /** By what. */
  subtitle?: string;
  /** What could not be answered as asked. */
  notices?: Notice[];
  children: ComponentChildren;
}

/** The inside of a tile: title, subtitle, content, and what has to be said about it. */
export function TileContent({ title, subtitle, notices = [], children }: TileContentProps) {
  const messages = [...new Set(notices.map((notice) => notice.message))];
  return (
    <>
      {title && (
        <header class="tile__header">
          <h2 class="tile__title">{title}</h2>
          {subtitle && <p class="tile__subtitle">{subtitle}</p>}
        </header>
      )}
      <div class="tile__body">{children}</div>
      {messages.length > 0 && (
        <p class="tile__notice" title={messages.join("\n")}>
          {messages[0]}
          {messages.length > 1 && ` (+${messages.length - 1} more)`}
        </p>
      )}
    </>
  );
}
