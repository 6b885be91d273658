/**
 * From the first bytes of a file to its tables: container, encoding, delimiter, preamble, headers, footers. Every finding
 * carries its evidence. What a table means is told by `lib/ingest/identify.ts`.
 */
export type {
  ContainerKind,
  FoundTable,
  ReadRow,
  Recognition,
  TableBeside,
  TableMeaning,
  TableRecognition,
} from "./recognition.ts";
export { type OpenFile, recogniseFile } from "./recognise_file.ts";
export { HEAD_BYTES, recogniseText, type TextHead } from "./recognise_text.ts";
