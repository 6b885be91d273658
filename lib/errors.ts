/** Errors that callers catch by meaning; `routes/` turns them into problem details in one place. */

/** An error with a stable machine code and an HTTP status; the message is for people. */
export class TesseraError extends Error {
  override name = "TesseraError";
  constructor(
    /** Stable machine code, kebab-case. */
    readonly code: string,
    message: string,
    /** HTTP status that the outside sees. */
    readonly status: number,
    /** More fields for the problem details (RFC 9457). JSON only. */
    readonly extra: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What came from outside cannot be used as it is. 400, or 422 where the form is right and the meaning is not. */
export class InputError extends TesseraError {
  override name = "InputError";
  constructor(code: string, message: string, extra: Record<string, unknown> = {}, status = 422) {
    super(code, message, status, extra);
  }
}

/** The thing asked for is not there, or not the viewer's. */
export class NotFoundError extends TesseraError {
  override name = "NotFoundError";
  constructor(message: string, extra: Record<string, unknown> = {}) {
    super("not-found", message, 404, extra);
  }
}

/** Somebody else changed it first. `extra` carries what stands now. */
export class ConflictError extends TesseraError {
  override name = "ConflictError";
  constructor(message: string, extra: Record<string, unknown> = {}, code = "conflict") {
    super(code, message, 409, extra);
  }
}

/** It cannot be done at this moment; trying again later may help. */
export class UnavailableError extends TesseraError {
  override name = "UnavailableError";
  constructor(message: string, extra: Record<string, unknown> = {}) {
    super("unavailable", message, 503, extra);
  }
}
