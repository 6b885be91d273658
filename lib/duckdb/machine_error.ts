import { TesseraError } from "@/lib/errors.ts";

/** The engine's error in words for people where the machine is at fault and not the program: no room, no memory. */
export function machineError(error: unknown): unknown {
  const text = error instanceof Error ? error.message : "";
  if (/no space left on device|disk quota exceeded|file too large/i.test(text)) {
    const message = "Cannot write the data: the disk is full; free some space and try again";
    return new TesseraError("disk-full", message, 507, {}, { cause: error });
  }
  if (/^Out of Memory Error/i.test(text)) {
    const message = "Cannot do this with the memory that the engine may use; set DUCKDB_MEMORY to more and start again";
    return new TesseraError("out-of-memory", message, 507, {}, { cause: error });
  }
  return error;
}
