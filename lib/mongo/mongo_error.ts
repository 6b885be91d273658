/** What an error of the driver means: told by names, codes and labels, so that this file needs no driver. */

interface DriverError {
  name: string;
  message: string;
  code?: unknown;
  codeName?: unknown;
  errorLabels?: string[];
  keyPattern?: Record<string, unknown>;
  writeErrors?: unknown;
  cause?: unknown;
}

const DUPLICATE_KEY = 11_000;
/**
 * Codes of a server that cannot at this moment: not (or no longer) the primary, shutting down, in recovery, out of
 * time, its network between members broken, a write whose majority was not heard of in time.
 */
const TRANSIENT_CODES = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  202, // NetworkInterfaceExceededTimeLimit
  262, // ExceededTimeLimit
  9001, // SocketException
  10_058, // LegacyNotPrimary
  10_107, // NotWritablePrimary
  11_600, // InterruptedAtShutdown
  11_602, // InterruptedDueToReplStateChange
  13_435, // NotPrimaryNoSecondaryOk
  13_436, // NotPrimaryOrSecondary
]);
const TRANSIENT_NAMES =
  /^Mongo(Network\w*|ServerSelection|WaitQueueTimeout|PoolCleared\w*|PoolClosed|OperationTimeout|Deadline|TopologyClosed|NotConnected|ServerClosed|ClientClosed|StalePrimary)Error$|^PoolClearedOnNetworkError$/;
/** A socket's own error, which reaches callers bare where a write meets a connection that has just ended. */
const SOCKET_CODES = /^(EPIPE|ECONN\w+|ETIMEDOUT|ETIMEOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ESERVFAIL)$/;
const REFUSED_CODES = new Set([13, 18, 8000]);

function driverError(thrown: unknown): DriverError | null {
  // The driver wraps a lost connection in an error about the batch, which hides that trying again may help.
  const { errorResponse } = (thrown ?? {}) as { errorResponse?: unknown };
  const error = errorResponse instanceof Error ? errorResponse : thrown;
  // One of the driver's errors lacks what the names of the others begin with.
  return error instanceof Error && (/^(Mongo|PoolCleared)/.test(error.name) || isSocketError(error))
    ? error as DriverError
    : null;
}

function isSocketError(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && SOCKET_CODES.test(code);
}

/**
 * Whether a failure that passes may be over in a moment. Not where no server could be found: the driver has waited for
 * one already; and a closed client stays closed.
 */
export function passesSoon(error: unknown): boolean {
  const found = driverError(error);
  if (!found || !isTransient(error)) return false;
  return typeof found.code === "number" || isSocketError(error as Error) ||
    /^(Mongo(Network|PoolCleared|StalePrimary)|PoolCleared)/.test(found.name);
}

/** Whether an error may pass by itself, so that trying again later can help. */
export function isTransient(error: unknown): boolean {
  const found = driverError(error);
  if (!found) return false;
  if (TRANSIENT_NAMES.test(found.name) || isSocketError(found as Error)) return true;
  if (typeof found.code === "number" && (TRANSIENT_CODES.has(found.code) || REFUSED_CODES.has(found.code))) return true;
  return found.errorLabels?.some((label) => label === "RetryableWriteError" || label === "RetryableError") ?? false;
}

/** A unique index that refused a write: which one, where the server tells; null for any other error. */
export function duplicateKey(error: unknown): { index: string | undefined; fields: string[] } | null {
  const found = driverError(error);
  if (found?.code !== DUPLICATE_KEY) return null;
  const index = /index:?\s+(?:\S+\.\$)?(\S+)\s+dup key/.exec(found.message)?.[1];
  return { index, fields: Object.keys(found.keyPattern ?? {}) };
}

/** The reason in words for people, without a stack or a secret. */
export function reasonOf(error: unknown): string {
  const found = driverError(error);
  if (!found) return "an unknown error";
  if (typeof found.code === "number" && REFUSED_CODES.has(found.code)) {
    return "it refuses the user or the password of MONGODB_URI, or the user may not do this";
  }
  if (/Closed|NotConnected/.test(found.name) && !/^(Mongo)?Pool/.test(found.name)) return "the connection is closed";
  if (/WaitQueueTimeout/.test(found.name)) return "all its connections are busy";
  return found.message.replace(/\.$/, "") || found.name;
}
