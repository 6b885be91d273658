import type { OpenStores } from "@/lib/open_stores.ts";

/** What a move reads from and writes to. */
export type MoveStores = Pick<OpenStores, "documents" | "warehouse" | "staging" | "files">;

/** A move under way. */
export interface Moving {
  from: MoveStores;
  to: MoveStores;
  workspace: string;
  /** Told every so often. */
  tell: (progress: MoveProgress) => void;
}

/** How far a step is. */
export interface MoveProgress {
  step: "documents" | "files" | "rows set aside" | "facts" | "checks";
  /** What it is at: a kind of documents, a dataset. */
  at?: string;
  done: number;
}
