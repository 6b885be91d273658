import { Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import { EmptyState } from "@/components/EmptyState.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import type { RejectedRow } from "@/lib/model/mod.ts";
import { RejectedTable } from "./RejectedTable.tsx";

/** Rows of a page. */
export const ROWS_PER_PAGE = 100;

/** Some rows of an import with what is wrong with each, a page at a time. */
export function RowsPage(props: {
  title: string;
  /** Beside the title: how many, and of what. */
  note: string;
  /** What to say where there is none at all. */
  none: { title: string; text: string };
  id: string;
  filename: string;
  /** The last part of this page's address. */
  name: "rejected" | "flagged";
  rows: RejectedRow[];
  total: number;
  offset: number;
  locale: string;
  /** What can be done with all of them. */
  children?: ComponentChildren;
}) {
  const { title, note, none, id, filename, name, rows, total, offset, locale, children } = props;
  const number = new Intl.NumberFormat(locale);
  const path = `/data/imports/${encodeURIComponent(id)}`;
  const at = (from: number) => `${path}/${name}?offset=${Math.max(0, from)}`;
  const empty = total > 0 ? { title: "No more rows", text: "The list ended before this page." } : none;
  return (
    <>
      <Head>
        <title>{title}: {filename} · Tessera</title>
      </Head>
      <PageHeader title={title} note={note} up={{ href: path, title: filename }}>{children}</PageHeader>
      {rows.length === 0
        ? (
          <EmptyState {...empty}>
            <a class="button" href={path}>Back to the import</a>
          </EmptyState>
        )
        : (
          <section class="card">
            <RejectedTable rows={rows} locale={locale} />
            <nav class="pager" aria-label="Pages of rows">
              <span class="quiet">
                {number.format(offset + 1)} – {number.format(offset + rows.length)} of {number.format(total)}
              </span>
              <span class="pager__links">
                {offset > 0 && <a class="button button--small" href={at(offset - ROWS_PER_PAGE)}>Previous</a>}
                {offset + rows.length < total && (
                  <a class="button button--small" href={at(offset + ROWS_PER_PAGE)}>Next</a>
                )}
              </span>
            </nav>
          </section>
        )}
    </>
  );
}
