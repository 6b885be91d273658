/** Columns that hold URLs, and the columns that their parts fill. */
import { InputError } from "@/lib/errors.ts";
import { columnSchema } from "@/lib/model/dataset.ts";
import { type Column, type Dataset, URL_PARTS, type UrlPart, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetRef } from "@/lib/warehouse/mod.ts";
import { changeDataset } from "./datasets.ts";

/** A column that holds URLs. */
export interface UrlColumn {
  name: string;
  title: string;
  /** Columns that its parts fill; none where it is not taken apart. */
  parts: string[];
}

/** What a column is called that may hold URLs; only such are looked at. */
const LIKELY = /url|link|page|site|address|landing|destination|referr?er|path/i;
const LOOKED_AT = 20;

/** The columns of a dataset that hold URLs, as far as their names and most frequent values tell. */
export async function urlColumns(
  { warehouse }: Pick<Services, "warehouse">,
  ref: DatasetRef,
): Promise<UrlColumn[]> {
  const found = await Promise.all(ref.dataset.columns.map(async (column): Promise<UrlColumn | null> => {
    const { name, title, type, role, part } = column;
    if (type !== "text" || role !== "dimension" || part) return null;
    const parts = partsOf(ref.dataset, name).map((one) => one.title);
    if (parts.length === 0 && !LIKELY.test(`${name} ${title}`)) return null;
    const values = await warehouse.values(ref, name, { limit: LOOKED_AT });
    if (parts.length > 0) return values.length > 0 ? { name, title, parts } : null;
    const alike = values.filter(({ value }) => isUrl(value)).length;
    return alike > 0 && alike * 2 >= values.length ? { name, title, parts } : null;
  }));
  return found.filter((one) => one !== null);
}

/** A text that reads as a URL or as the path of one. Pure. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) || /^\/\S*$/.test(text) || /[?&]utm_[a-z]+=/i.test(text);
}

/**
 * Gives a column's URLs columns of their own for host, path and UTM tags; files to come fill them. Throws `InputError` for
 * a column that is no text, or is taken apart already.
 */
export async function takeUrlsApart(
  services: Pick<Services, "documents" | "warehouse" | "staging">,
  viewer: Viewer,
  id: string,
  name: string,
): Promise<Dataset> {
  return await changeDataset(services, viewer, id, (dataset) => {
    const column = dataset.columns.find((one) => one.name === name);
    const refuse = (why: string) =>
      new InputError("bad-column", `Cannot take "${name}" apart: ${why}`, { field: "column" });
    if (!column) throw refuse("the dataset has no such column");
    if (column.type !== "text" || column.role !== "dimension") throw refuse("it holds no texts");
    if (partsOf(dataset, name).length > 0) throw refuse("it is taken apart already");
    return { ...dataset, columns: [...dataset.columns, ...URL_PARTS.map((is) => partColumn(dataset, column, is))] };
  });
}

function partsOf({ columns }: Dataset, name: string): Column[] {
  return columns.filter(({ part }) => part?.of === name);
}

/** The usual name of a part where it is free, else one of the column's own. */
function partColumn({ columns }: Dataset, of: Column, is: UrlPart): Column {
  const usual = is.startsWith("utm_") ? is : `url_${is}`;
  const isTaken = columns.some(({ name }) => name === usual);
  const words = is.startsWith("utm_") ? `UTM ${is.slice(4)}` : `URL ${is}`;
  return columnSchema.parse({
    name: isTaken ? `${of.name}_${is}` : usual,
    title: isTaken ? `${words} of ${of.title.toLowerCase()}` : words,
    role: "dimension",
    type: "text",
    part: { of: of.name, is },
  });
}
