import type { ChartColor } from "@/lib/widget/chart_spec.ts";

/** What a legend shows. */
export interface LegendProps {
  entries: { name: string; color: ChartColor; dashed?: boolean; note?: string }[];
  hidden: ReadonlySet<string>;
  /** The names that stay hidden after a click. */
  onChange: (hidden: ReadonlySet<string>) => void;
}

/** The legend above a plot: real buttons; a click hides a series, with Alt it hides all the others. */
export function Legend({ entries, hidden, onChange }: LegendProps) {
  const choose = (name: string, alone: boolean) => {
    const names = entries.map((entry) => entry.name);
    const next = new Set(hidden);
    if (alone) {
      const isAlone = names.every((other) => other === name ? !hidden.has(other) : hidden.has(other));
      return onChange(new Set(isAlone ? [] : names.filter((other) => other !== name)));
    }
    if (!next.delete(name)) next.add(name);
    onChange(next.size === names.length ? new Set() : next); // an empty chart says nothing: all come back
  };
  return (
    <ul class="legend">
      {entries.map(({ name, color, dashed, note }) => (
        <li key={name}>
          <button
            type="button"
            class="legend__entry"
            aria-pressed={!hidden.has(name)}
            title="Click hides, Alt-click shows this one alone"
            onClick={(event) => choose(name, event.altKey)}
            onKeyDown={(event) => {
              if (!event.altKey || event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              choose(name, true);
            }}
          >
            <span class={`swatch swatch--${color}${dashed ? " swatch--dashed" : ""}`} aria-hidden="true" />
            {name}
            {note && <span class="legend__note">{note}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
