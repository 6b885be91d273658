/** Structured log: one JSON object per line, or lines for people where a terminal reads along. Never throws. */

/** How loud a line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";
/** What a line tells besides its message. JSON; errors become name, message and stack. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines. `child` answers a log whose lines all carry more fields, such as the request's id. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}

/** How to log. */
export interface LogOptions {
  /** @default "info" */
  level?: LogLevel;
  /** @default writes to standard error */
  write?: (line: string) => void;
  /** @default "text" where standard error is a terminal and `write` is not given, else "json" */
  format?: "json" | "text";
  /** @default the machine's clock */
  now?: () => Date;
}

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const MAX_DEPTH = 5;
const MAX_LINE = 16_384;

/** Makes a log. */
export function createLog(options: LogOptions = {}): Log {
  const { level = "info", write = writeToStandardError, now = () => new Date() } = options;
  const format = options.format ?? (!options.write && Deno.stderr.isTerminal() ? "text" : "json");
  const line = format === "json" ? jsonLine : textLine;

  function make(bound: LogFields): Log {
    const at = (lineLevel: LogLevel) => (message: string, fields?: LogFields) => {
      if (ORDER[lineLevel] < ORDER[level]) return;
      try {
        write(line(now().toISOString(), lineLevel, String(message), { ...bound, ...fields }) + "\n");
      } catch {
        // A full disk or a closed pipe under the log must not stop the work that it tells about.
      }
    };
    return {
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
      child: (fields) => make({ ...bound, ...fields }),
    };
  }
  return make({});
}

/** A log that keeps nothing: for tests and tools. */
export const silentLog: Log = createLog({ level: "error", write: () => {}, format: "json" });

function writeToStandardError(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length;) done += Deno.stderr.writeSync(bytes.subarray(done));
}

function jsonLine(time: string, level: LogLevel, message: string, fields: LogFields): string {
  // JSON escapes every line break, so nobody can forge a line. The first three win over fields of the same name.
  const first = { time, level, message };
  const text = JSON.stringify({ ...first, ...toJson(fields) as Record<string, unknown>, ...first });
  if (text.length <= MAX_LINE) return text;
  return JSON.stringify({ time, level, message: message.slice(0, 2_000), truncated: text.slice(0, MAX_LINE / 2) });
}

function textLine(time: string, level: LogLevel, message: string, fields: LogFields): string {
  const rest = Object.entries(fields).map(([name, value]) => {
    const plain = toJson(value);
    return `${name}=${typeof plain === "string" && /^[\w.:/@-]+$/.test(plain) ? plain : JSON.stringify(plain)}`;
  });
  const clean = [message, ...rest].join("  ").replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1));
  return `${time.slice(11, 19)} ${level.toUpperCase().padEnd(5)} ${clean.slice(0, MAX_LINE)}`;
}

/** Anything as plain JSON: cycles, bigints, functions and throwing getters included. */
function toJson(value: unknown, depth = 0): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object") return value === undefined ? undefined : String(value);
  if (depth >= MAX_DEPTH) return "…";
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return { name, message, stack, ...(cause === undefined ? {} : { cause: toJson(cause, depth + 1) }) };
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "invalid date" : value.toISOString();
  if (value instanceof URL) return value.href;
  if (Array.isArray(value)) return value.slice(0, 100).map((element) => toJson(element, depth + 1));
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(value).slice(0, 100)) {
    try {
      plain[name] = toJson((value as Record<string, unknown>)[name], depth + 1);
    } catch (error) {
      plain[name] = `unreadable: ${String(error)}`;
    }
  }
  return plain;
}
