/** Light or dark, as chosen; no choice means the page follows the system. */
export type Theme = "light" | "dark";

/** The cookie that keeps the choice. */
const COOKIE = "theme";
const YEAR = 31_536_000;

/** The theme that a request's cookies name; undefined where none, or something else, stands there. */
export function readTheme(cookies: string | null): Theme | undefined {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value] = pair.trim().split("=");
    if (name === COOKIE && (value === "light" || value === "dark")) return value;
  }
  return undefined;
}

/** The Set-Cookie value that keeps a choice; `undefined` forgets it. */
export function themeCookie(theme: Theme | undefined): string {
  return `${COOKIE}=${theme ?? ""}; Path=/; Max-Age=${theme ? YEAR : 0}; SameSite=Lax`;
}
