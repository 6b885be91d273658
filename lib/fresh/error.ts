/** The HTTP statuses that report an error. */
export type ErrorStatus = ClientErrorStatus | ServerErrorStatus;

// deno-fmt-ignore -- one number a line would be no easier to read
type ClientErrorStatus =
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418
  | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451;
type ServerErrorStatus = 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;

/**
 * An error that is answered with an HTTP status.
 *
 * @example
 * ```ts
 * import { App, HttpError } from "fresh";
 *
 * new App().get("/secret", () => {
 *   throw new HttpError(403, "Not for you");
 * });
 * ```
 */
export class HttpError extends Error {
  /** The HTTP status of the answer. */
  status: ErrorStatus;

  constructor(status: ErrorStatus, message?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = this.constructor.name;
    this.status = status;
  }
}
