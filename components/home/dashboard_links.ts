import type { Dashboard } from "@/lib/model/mod.ts";

/** Where to look at a dataset: the first dashboard over it, by dataset. */
export function dashboardLinks(
  dashboards: Pick<Dashboard, "id" | "title" | "filterBar">[],
): Record<string, { href: string; title: string }> {
  const links: Record<string, { href: string; title: string }> = {};
  for (const { id, title, filterBar } of dashboards) {
    links[filterBar.dataset] ??= { href: `/dashboards/${encodeURIComponent(id)}`, title };
  }
  return links;
}
