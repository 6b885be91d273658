import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { type Dashboard, dashboardSchema } from "@/lib/model/mod.ts";
import { BoardCard } from "./BoardCard.tsx";

const board = (placements: unknown[]): Dashboard => dashboardSchema.parse({ id: "m", title: "Marketing", placements });
const place = (id: string, y: number) => ({ id, widget: "line", place: { x: 0, y, w: 6, h: 3 } });

Deno.test("BoardCard draws the tiles at the top of the grid and counts them all", () => {
  const html = renderToString(<BoardCard dashboard={board([place("a", 0), place("b", 3), place("far", 60)])} />);
  assert.equal(html.match(/board__tile/g)?.length, 2);
  assert.match(html, /3 tiles/);
  assert.match(html, /href="\/dashboards\/m"/);
  assert.doesNotMatch(html, /NaN|style=/);
});

Deno.test("BoardCard copes with an empty dashboard and with tiny tiles of unknown widgets", () => {
  const tiny = { id: "t", widget: "not-installed", place: { x: 11, y: 0, w: 1, h: 1 } };
  assert.match(renderToString(<BoardCard dashboard={board([])} />), /0 tiles/);
  assert.doesNotMatch(renderToString(<BoardCard dashboard={board([tiny])} />), /NaN|(width|height|r)="-/);
});
