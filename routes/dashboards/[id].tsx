import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { drawTiles } from "@/components/dashboard/draw_tiles.ts";
import Dashboard from "@/islands/Dashboard.tsx";
import DropAnywhere from "@/islands/DropAnywhere.tsx";
import { chartInput, getDashboard, loadDashboard } from "@/lib/dashboard/mod.ts";
import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { effectiveFilters, readPageFilters } from "@/lib/model/mod.ts";
import { loadedView, loadView } from "@/widgets/loaded_views.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { doc } = await getDashboard(services, viewer, ctx.params.id!);
    const { filters: chosen } = readPageFilters(ctx.url.searchParams);
    const filters = effectiveFilters(doc.defaults, chosen);
    const dataset = await getDataset(services, viewer.workspace, doc.filterBar.dataset);
    const narrow = isPhone(ctx.req);
    const locale = readLocale(ctx.req);
    const loaded = await loadDashboard(services, viewer, doc, filters);
    await drawTiles(loaded, {
      locale,
      narrow,
      filters,
      views: { loadedView, loadView },
      async chartOf(tile) {
        const widget = await services.widgets.load(tile.kind);
        return widget?.chart(chartInput(tile, loaded.colors, locale, narrow)) ?? null;
      },
      draw: (spec, size, locale) => services.pictures.draw(spec, size, locale),
    });
    return page({
      dashboard: doc,
      datasets: (await listDatasets(services, viewer.workspace)).map(({ id, title }) => ({ id, title })),
      data: { ...loaded, filters },
      filterColumns: doc.filterBar.dimensions.flatMap((name) => {
        const column = dataset.columns.find((c) => c.name === name);
        return column ? [{ name, title: column.title }] : [];
      }),
      narrow,
      locale,
    });
  },
});

export default define.page<typeof handlers>(function DashboardPage({ data }) {
  const { dashboard, locale } = data;
  return (
    <>
      <Head>
        <title>{dashboard.title} · Tessera</title>
        <link rel="stylesheet" href={asset("/grid.css")} />
        <link rel="stylesheet" href={asset("/dashboard.css")} />
        <link rel="stylesheet" href={asset("/editor.css")} />
        <link rel="stylesheet" href={asset("/forms.css")} />
      </Head>
      <Dashboard
        id={dashboard.id}
        title={dashboard.title}
        data={data.data}
        filterColumns={data.filterColumns}
        dataset={dashboard.filterBar.dataset}
        locale={locale}
        narrow={data.narrow}
      />
      <DropAnywhere datasets={data.datasets} locale={locale} />
    </>
  );
});

function isPhone(request: Request): boolean {
  const hint = request.headers.get("sec-ch-ua-mobile");
  return hint ? hint === "?1" : /\bMobi/.test(request.headers.get("user-agent") ?? "");
}
