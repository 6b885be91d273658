/** Keeps an installation from answering while a move fills it: half of somebody's data looks like all of it. */
import type { DocumentStore } from "@/lib/documents/mod.ts";
import { TesseraError, UnavailableError } from "@/lib/errors.ts";
import { readMoveMark } from "./move_mark.ts";

/** What instances ask before they answer or work. */
export interface ServeGate {
  /** Throws 503 `being-filled` while a move fills the place. A store that is away keeps it open: it tells so itself. */
  check(): Promise<void>;
}

const AGAIN_OPEN_MS = 5_000;
const AGAIN_FILLING_MS = 1_000;

/** Makes a gate that asks the store every `againMs`. */
export function serveGate(
  { documents, workspace, againMs = AGAIN_OPEN_MS }: { documents: DocumentStore; workspace: string; againMs?: number },
): ServeGate {
  let known: { from: string | null; until: number } | null = null;
  let asking: Promise<string | null> | undefined;

  async function ask(): Promise<string | null> {
    try {
      const mark = await readMoveMark(documents, workspace);
      const from = mark?.doc.state === "filling" ? mark.doc.from : null;
      known = { from, until: performance.now() + (from === null ? againMs : Math.min(againMs, AGAIN_FILLING_MS)) };
      return from;
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      return null;
    } finally {
      asking = undefined;
    }
  }

  return {
    async check() {
      const from = known && performance.now() < known.until ? known.from : await (asking ??= ask());
      if (from !== null) throw beingFilled(from);
    },
  };
}

function beingFilled(from: string): TesseraError {
  const text = `The data is being moved here from ${from} and is not complete; ` +
    "wait until `deno task move` has ended, or run it again if it broke off";
  return new TesseraError("being-filled", text, 503, { retryAfter: 10 });
}
