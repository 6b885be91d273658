/** Thrown where an answer did not come in time. */
export class DeadlineError extends Error {
  override name = "DeadlineError";
  constructor(ms: number) {
    super(`there was no answer within ${ms} ms`);
  }
}

/** A timer this much late means that this process was busy, and may have an answer lying unread. */
const BUSY_MS = 50;

/**
 * What `work` answers, or `DeadlineError` after `ms`. Work that comes too late is left alone, its error is nobody's.
 * Where this process itself was too busy to read the answer, reading gets one more moment, so that a server is not
 * blamed for it.
 */
export function withinDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const due = performance.now() + ms;
    let late = () => {
      if (performance.now() - due < BUSY_MS) return reject(new DeadlineError(ms));
      late = () => reject(new DeadlineError(ms));
      timer = setTimeout(() => late(), BUSY_MS);
    };
    let timer = setTimeout(() => late(), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
