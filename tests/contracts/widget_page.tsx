/** The browser's side of the widget page test: takes over what the server drew. */
import { hydrate } from "preact";
import { useState } from "preact/hooks";
import { loadedView, loadView } from "@/widgets/loaded_views.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";

/** A tile of the page: a widget's kind and what its view is given. */
export interface PageTile {
  kind: string;
  props: WidgetProps<unknown>;
}

/** The tiles, one below the other; a button makes every second number larger, as a live update would. */
export function WidgetPage({ tiles }: { tiles: PageTile[] }) {
  const [grown, setGrown] = useState(false);
  return (
    <>
      <button type="button" id="grow" onClick={() => setGrown(true)}>Grow</button>
      {tiles.map(({ kind, props }, index) => {
        const View = loadedView(kind);
        return (
          <section class="tile" id={`tile-${index}`} key={index} aria-label={`${kind} ${index}`}>
            <div class="tile__view">{View && <View {...grown ? grownProps(props) : props} />}</div>
          </section>
        );
      })}
    </>
  );
}

function grownProps(props: WidgetProps<unknown>): WidgetProps<unknown> {
  if (!props.result) return props; // it asks nothing
  const rows = props.result.rows.map((row) => ({ ...row, spend: Number(row.spend) * 3 }));
  const totals = props.result.totals && { ...props.result.totals, spend: Number(props.result.totals.spend) * 3 };
  const result = { ...props.result, rows, totals };
  return { ...props, result, results: { ...props.results, main: result } };
}

if (typeof document !== "undefined") {
  const { tiles } = JSON.parse(document.getElementById("data")?.textContent ?? "{}") as { tiles: PageTile[] };
  await Promise.all(tiles.map(({ kind }) => loadView(kind)));
  const root = document.getElementById("root");
  if (root) hydrate(<WidgetPage tiles={tiles} />, root);
  document.documentElement.dataset.ready = "true";
}
