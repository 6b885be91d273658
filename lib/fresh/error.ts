/** An HTTP status that reports an error, 400 to 599. */
export type ErrorStatus = number;

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
