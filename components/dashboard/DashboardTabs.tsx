import { useEffect, useRef, useState } from "preact/hooks";
import type { PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";
import { tabKeys } from "./tab_keys.ts";
import { useOpenTabInView } from "./use_open_tab_in_view.ts";

/** What the strip shows and whom it tells. Every tab is a link, so the strip works before its code arrives. */
export interface DashboardTabsProps {
  tabs: { id: string; name: string }[];
  /** The tab that is open. */
  tab: string | null;
  filters: PageFilters;
  onOpen(filters: PageFilters): void;
}

/** The id of the tabs' panel, and of a tab, for those who are read to. */
export const TAB_PANEL = "tab-panel";
/** The id of a tab's element. */
export const tabElementId = (tab: string): string => `tab-${tab}`;

/** The names of the tabs in a row, which scrolls where it is too long; none for a dashboard of one page. */
export function DashboardTabs({ tabs, tab, filters, onOpen }: DashboardTabsProps) {
  const strip = useRef<HTMLDivElement>(null);
  // Until the arrow keys work, Tab reaches each.
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  useOpenTabInView(strip, tab);
  if (tabs.length < 2) return null;
  return (
    <div ref={strip} class="tabs" role="tablist" aria-label="Tabs" onKeyDown={tabKeys}>
      {tabs.map(({ id, name }, index) => {
        const next = { ...filters, tab: index === 0 ? undefined : id };
        return (
          <a
            key={id}
            id={tabElementId(id)}
            class="tabs__tab"
            role="tab"
            href={`?${writePageFilters(next)}`}
            aria-selected={id === tab}
            aria-controls={TAB_PANEL}
            tabIndex={live && id !== tab ? -1 : 0}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of the browser, as any link
              event.preventDefault();
              if (id !== tab) onOpen(next);
            }}
          >
            {name}
          </a>
        );
      })}
    </div>
  );
}
