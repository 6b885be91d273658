/** Makes Excel workbooks out of rows of cells. */
import { makeZip } from "./make_zip.ts";

/** A cell: nothing, a text, a number, or a number shown in a format. */
export type WorkbookCell = null | string | number | { value: number | string; format: string } | {
  formula: string;
  value: number;
};

/** A sheet. */
export interface WorkbookSheet {
  name: string;
  rows: WorkbookCell[][];
  hidden?: boolean;
  /** Texts stand in the cells themselves, as some programs write them. @default false: they are shared */
  inline?: boolean;
}

/** The bytes of a workbook. */
export function makeWorkbook(sheets: WorkbookSheet[], options: { date1904?: boolean } = {}): Uint8Array<ArrayBuffer> {
  const texts: string[] = [];
  const formats: string[] = [];
  const parts = sheets.map(({ rows, inline }) => sheetXml(rows, { texts, formats, inline: inline ?? false }));
  const list = sheets.map(({ name, hidden }, at) =>
    `<sheet name="${escape(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ""} r:id="rId${at + 1}"/>`
  );
  const targets = sheets.map((_, at) =>
    `<Relationship Id="rId${at + 1}" Type="worksheet" Target="worksheets/sheet${at + 1}.xml"/>`
  );
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const codes = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escape(code)}"/>`).join("");
  const styles = ["0", ...formats.map((_, at) => String(164 + at))].map((id) => `<xf numFmtId="${id}"/>`).join("");
  return makeZip([
    { name: "[Content_Types].xml", data: `${head}<Types/>` },
    {
      name: "xl/workbook.xml",
      data: `${head}<workbook ${main} xmlns:r="r"><workbookPr${options.date1904 ? ' date1904="1"' : ""}/><sheets>${
        list.join("")
      }</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `${head}<Relationships>${targets.join("")}<Relationship Id="s" Target="sharedStrings.xml"/>` +
        `<Relationship Id="y" Target="styles.xml"/></Relationships>`,
    },
    {
      name: "xl/styles.xml",
      data: `${head}<styleSheet ${main}><numFmts>${codes}</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>` +
        `<cellXfs>${styles}</cellXfs><cellStyles><xf numFmtId="9"/></cellStyles></styleSheet>`,
    },
    {
      name: "xl/sharedStrings.xml",
      data: `${head}<sst ${main}>${
        texts.map((text) => `<si><r><t xml:space="preserve">${escape(text)}</t></r><rPh><t>x</t></rPh></si>`).join("")
      }</sst>`,
    },
    ...parts.map((data, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, data: head + data })),
  ]);
}

function sheetXml(
  rows: WorkbookCell[][],
  { texts, formats, inline }: { texts: string[]; formats: string[]; inline: boolean },
): string {
  const place = (list: string[], text: string) => {
    const at = list.indexOf(text);
    return at === -1 ? list.push(text) - 1 : at;
  };
  const lines = rows.map((cells, row) => {
    const xml = cells.map((cell, column) => {
      const r = `${letters(column)}${row + 1}`;
      if (cell === null) return "";
      if (typeof cell === "number") return `<c r="${r}"><v>${cell}</v></c>`;
      if (typeof cell === "string") {
        return inline
          ? `<c r="${r}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`
          : `<c r="${r}" t="s"><v>${place(texts, cell)}</v></c>`;
      }
      if ("formula" in cell) return `<c r="${r}"><f>${escape(cell.formula)}</f><v>${cell.value}</v></c>`;
      return `<c r="${r}" s="${place(formats, cell.format) + 1}"><v>${cell.value}</v></c>`;
    }).join("");
    return xml === "" ? "" : `<row r="${row + 1}">${xml}</row>`;
  });
  return `<worksheet><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCharCode(65 + column % 26);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
