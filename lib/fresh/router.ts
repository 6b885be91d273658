/** The HTTP methods that can be routed. */
export type Method = "HEAD" | "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS";

/** All of them, in the order in which a handler for every method is registered. */
export const METHODS: readonly Method[] = ["GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/** What is registered at one pattern, method by method. */
export type RouteByMethod<T> = Partial<Record<Method, T>>;

/** What a router found for a request. */
export interface RouteResult<T> {
  params: Record<string, string>;
  item: T | null;
  /** Whether something is registered for the method, once the pattern matched. */
  methodMatch: boolean;
  /** The pattern that matched. */
  pattern: string | null;
}

/** Finds what was registered for a URL and method. */
export interface Router<T> {
  add(method: Method, pathname: string, item: T): void;
  match(method: Method, url: URL): RouteResult<T>;
  getAllowedMethods(pattern: string): string[];
}

/** Tells patterns from plain paths. */
export const IS_PATTERN: RegExp = /[*:{}+?()]/;

/** Looks plain paths up in a map and tries patterns in the order they were added. */
export class UrlPatternRouter<T> implements Router<T> {
  #statics = new Map<string, RouteByMethod<T>>();
  #dynamics = new Map<string, { pattern: URLPattern; byMethod: RouteByMethod<T> }>();

  /** The methods registered at a pattern. */
  getAllowedMethods(pattern: string): string[] {
    return Object.keys(this.#statics.get(pattern) ?? this.#dynamics.get(pattern)?.byMethod ?? {});
  }

  /** Register an item; the first one for a path and method stays. */
  add(method: Method, pathname: string, item: T): void {
    const byMethod = this.#byMethod(pathname);
    byMethod[method] ??= item;
  }

  #byMethod(pathname: string): RouteByMethod<T> {
    if (!IS_PATTERN.test(pathname)) {
      const found = this.#statics.get(pathname) ?? {};
      this.#statics.set(pathname, found);
      return found;
    }
    const found = this.#dynamics.get(pathname) ?? { pattern: new URLPattern({ pathname }), byMethod: {} };
    this.#dynamics.set(pathname, found);
    return found.byMethod;
  }

  /** Find what answers the request; HEAD falls back to GET. */
  match(method: Method, url: URL): RouteResult<T> {
    const result: RouteResult<T> = { params: Object.create(null), item: null, methodMatch: false, pattern: null };

    for (const pathname of [url.pathname, otherSlash(url.pathname)]) {
      const byMethod = this.#statics.get(pathname);
      if (byMethod !== undefined) return withMethod(result, pathname, byMethod, method);
    }

    for (const [pathname, { pattern, byMethod }] of this.#dynamics) {
      const match = pattern.exec(url);
      if (match === null) continue;
      withMethod(result, pathname, byMethod, method);
      if (result.methodMatch) {
        for (const [name, value] of Object.entries(match.pathname.groups)) {
          result.params[name] = value === undefined ? "" : decode(value);
        }
      }
      break;
    }
    return result;
  }
}

/** `/foo` is also found at `/foo/`, and the other way round. */
function otherSlash(pathname: string): string {
  if (pathname === "/") return pathname;
  return pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
}

function withMethod<T>(
  result: RouteResult<T>,
  pattern: string,
  byMethod: RouteByMethod<T>,
  method: Method,
): RouteResult<T> {
  const own = Object.hasOwn(byMethod, method) ? byMethod[method] : undefined;
  const item = own ?? (method === "HEAD" ? byMethod.GET : undefined) ?? null;
  result.pattern = pattern;
  result.item = item;
  result.methodMatch = item !== null;
  return result;
}

function decode(value: string): string {
  try {
    return decodeURI(value);
  } catch {
    // A stray percent sign is no reason to fail: the parameter is given as it came.
    return value;
  }
}

/** Make a URLPattern pathname of a file's path below `routes/`, without its ending. */
export function pathToPattern(path: string, options?: { keepGroups: boolean }): string {
  const parts = path.split("/");
  if (parts.at(-1) === "index") parts.pop();

  let pattern = "";
  let fixedParts = 0;
  for (const part of parts) {
    if (part.startsWith("[...") && part.endsWith("]")) {
      pattern += `/:${part.slice(4, -1)}*`;
    } else if (part.startsWith("(") && part.endsWith(")") && !options?.keepGroups) {
      continue;
    } else if (part.startsWith("[[")) {
      pattern += `{/:${optionalName(path, part)}}?`;
    } else {
      fixedParts++;
      pattern += `/${partToPattern(path, part)}`;
    }
  }
  if (pattern === "") return "/";
  // With nothing fixed around it, the slash itself is not optional.
  return fixedParts === 0 ? pattern.replace(/^\{\//, "/{") : pattern;
}

function optionalName(path: string, part: string): string {
  const name = /^\[\[([^[\]]+)\]\]$/.exec(part)?.[1];
  if (name === undefined) throw invalid(path, "An optional parameter needs to be a full segment");
  return name;
}

function partToPattern(path: string, part: string): string {
  if (part.includes("][")) {
    throw invalid(path, "A parameter cannot be followed by another parameter without any characters in between");
  }
  if (part.includes("[[")) throw invalid(path, "An optional parameter needs to be a full segment");
  const pattern = part.replaceAll(/\[([^[\]]+)\]/g, ":$1");
  if (/[[\]]/.test(pattern)) throw invalid(path, "Brackets must come in pairs");
  return pattern;
}

function invalid(path: string, reason: string): SyntaxError {
  return new SyntaxError(`Invalid route pattern: "${path}". ${reason}`);
}

/** The segments that a path lies in, beginning with the root. */
export function patternToSegments(path: string, root: string, includeLast = false): string[] {
  if (path === "/" || path === "*" || path === "/*") return [root];
  // Optional groups are no level of their own: /api{/:v}?/users lies in /api.
  const parts = path.replaceAll(/\{[^}]*\}\??/g, "").replace(/^\//, "").split("/");
  const last = parts.pop();
  if (includeLast && last !== undefined && last !== "") parts.push(last);
  return [root, ...parts];
}

/** Put `path` below `basePath`; mounting turns `*` into the base path itself. */
export function mergePath(basePath: string, path: string, isMounting: boolean): string {
  let base = basePath.endsWith("*") ? basePath.slice(0, -1) : basePath;
  if (base === "/") base = "";
  if (path === "*") return base + (isMounting ? "" : "/*");
  if (path === "/" && base !== "") return base;
  return base + path;
}

/** The empty path matches everything. */
export function toRoutePath(path: string): string {
  return path === "" ? "*" : path;
}
