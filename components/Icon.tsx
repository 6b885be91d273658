/** Drawings on a 24 × 24 grid, stroked in the colour of the text beside them. */
const PATHS = {
  dashboards: "M4 4h7v9H4z M13 4h7v5h-7z M13 12h7v8h-7z M4 16h7v4H4z",
  data: "M12 15V4m0 0L8 8m4-4 4 4 M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3",
  upload: "M12 16V5m0 0-4.5 4.5M12 5l4.5 4.5 M5 20h14",
  download: "M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5 M5 20h14",
  menu: "M4 7h16M4 12h16M4 17h16",
  check: "M5 12.5 10 17.5 19 7",
  cross: "M6 6l12 12M18 6 6 18",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  arrow: "M5 12h14m0 0-5-5m5 5-5 5",
  back: "M19 12H5m0 0 5-5m-5 5 5 5",
  undo: "M9 14 4 9l5-5 M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M15 14l5-5-5-5 M20 9H10a6 6 0 0 0 0 12h3",
  alert: "M12 8v5m0 3.5v.01 M10.3 4 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0z",
  question: "M9.2 9a3 3 0 1 1 4.2 2.8c-.9.4-1.4 1-1.4 2.2m0 3.2v.01 M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  filter: "M4 5h16l-6.2 7.4V19l-3.6-1.8v-4.8z",
  calendar: "M5 6h14v14H5z M5 10.5h14 M9 3.5v4 M15 3.5v4",
  file: "M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9z M13 3v6h6",
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof PATHS;

/** A drawing beside a word; never the only name of a thing, so it is hidden from readers of the page's text. */
export function Icon({ name, class: className = "" }: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${className}`} viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
