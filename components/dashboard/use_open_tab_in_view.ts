import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Scrolls a row of tabs so that the open one is seen. Not by scrollIntoView, which would move the page as well. */
export function useOpenTabInView(row: RefObject<HTMLElement>, tab: string | null | undefined): void {
  useEffect(() => {
    const strip = row.current;
    const open = strip?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (strip && open) strip.scrollLeft = open.offsetLeft - (strip.clientWidth - open.offsetWidth) / 2;
  }, [tab]);
}
