import type { FooterLine } from "./mod.ts";

/** A number or a date, as far as it matters here: the cut-off beginning of a record is one more often than a note is. */
const VALUE = /^[\d\s.,:/%$€£+-]*$/;
const MOST = 100;

/**
 * Lines with too few cells: below the last record they are notes (`© 2026 …`), above it they are broken records. Which
 * of the two is known only once the next record comes, or none does.
 */
export class Footer {
  #least: number;
  #misfit: (line: number, text: string, fields: number) => void;
  #held: (FooterLine & { fields: number })[] = [];
  #next = 0;

  constructor(leastCells: number, misfit: (line: number, text: string, fields: number) => void) {
    this.#least = leastCells;
    this.#misfit = misfit;
  }

  /** Takes a line that is no record; `lines` is how many physical lines it has. */
  hold(line: number, lines: number, text: string, fields: number): void {
    const apart = line > this.#next || this.#held.length > 0;
    this.#next = line + lines;
    const note = this.#least > 1 && (fields === 1 || apart) && !VALUE.test(text.trim());
    if (!note || this.#held.length === MOST) {
      this.release(this.#next);
      this.#misfit(line, text, fields);
    } else this.#held.push({ line, text, fields });
  }

  /** A record came: what was held was none. `next` is the line after it. */
  release(next: number): void {
    for (const { line, text, fields } of this.#held.splice(0)) this.#misfit(line, text, fields);
    this.#next = next;
  }

  /** Nothing comes any more: what is held is the footer. */
  end(): FooterLine[] {
    return this.#held.map(({ line, text }) => ({ line, text: text.trim() }));
  }
}
