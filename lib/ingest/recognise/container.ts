/** What a file's bytes are packed in, and the texts inside. Types only. */
import type { Finding } from "@/lib/model/mod.ts";
import type { ContainerKind } from "./recognition.ts";
import type { TextHead } from "./recognise_text.ts";

/** One text in a container. */
export interface ContainerEntry {
  /** null where the file has one text without a name. */
  name: string | null;
  /** The beginning, as it will be written. */
  head(): Promise<TextHead>;
  /** Writes the whole text to a path, or answers the path where it lies already. */
  extract(target: string, signal?: AbortSignal): Promise<string>;
}

/** An opened file. */
export interface Container {
  kind: ContainerKind;
  entries: ContainerEntry[];
  /** What is in it and is no text. */
  findings: Finding[];
  close(): Promise<void>;
}
