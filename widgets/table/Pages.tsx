/** Which rows are shown, and the way to the others. */
export function Pages({ page, last, size, rows, all, title, onPage }: {
  page: number;
  last: number;
  size: number;
  title: string;
  /** Rows that are here. */
  rows: number;
  /** Rows that there are. */
  all: number;
  onPage: (page: number) => void;
}) {
  if (last === 0 && all <= rows) return null;
  return (
    <nav class="table__pages" aria-label={`Pages of ${title}`}>
      <span>
        {page * size + 1}–{Math.min(rows, (page + 1) * size)} of {rows}
        {all > rows && ` (the first ${rows} of ${all})`}
      </span>
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>Previous</button>
      <button type="button" disabled={page >= last} onClick={() => onPage(page + 1)}>Next</button>
    </nav>
  );
}
